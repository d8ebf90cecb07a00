.class public Lapp/demo/HostApplication;
.super Landroid/app/Application;

.method public constructor <init>()V
    .locals 0
    invoke-direct {p0}, Landroid/app/Application;-><init>()V
    return-void
.end method

.method public onCreate()V
    .locals 2
    invoke-super {p0}, Landroid/app/Application;->onCreate()V
    sget-boolean v0, Lcom/umeng/commonsdk/Settings;->enabled:Z
    new-instance v0, Lcom/umeng/commonsdk/core/Derived;
    invoke-direct {v0}, Lcom/umeng/commonsdk/core/Derived;-><init>()V
    const-class v0, Lcom/umeng/commonsdk/core/Lazy;
    invoke-virtual {v0}, Ljava/lang/Class;->getName()Ljava/lang/String;
    move-result-object v0
    const-string v1, "demo"
    invoke-static {v1, v0}, Landroid/util/Log;->i(Ljava/lang/String;Ljava/lang/String;)I
    return-void
.end method

.class public Lapp/demo/MainActivity;
.super Landroid/app/Activity;

.method public constructor <init>()V
    .locals 0
    invoke-direct {p0}, Landroid/app/Activity;-><init>()V
    return-void
.end method

.method protected onCreate(Landroid/os/Bundle;)V
    .locals 0
    invoke-super {p0, p1}, Landroid/app/Activity;->onCreate(Landroid/os/Bundle;)V
    return-void
.end method

.class public final Lcom/umeng/commonsdk/Settings;
.super Ljava/lang/Object;

.field public static enabled:Z

.field static serial:Ljava/lang/String;

.method static constructor <clinit>()V
    .locals 1
    sget-object v0, Landroid/os/Build;->SERIAL:Ljava/lang/String;
    sput-object v0, Lcom/umeng/commonsdk/Settings;->serial:Ljava/lang/String;
    return-void
.end method

.class public Lcom/umeng/commonsdk/core/Base;
.super Ljava/lang/Object;

.method public constructor <init>()V
    .locals 0
    invoke-direct {p0}, Ljava/lang/Object;-><init>()V
    return-void
.end method

.field static context:Landroid/content/Context;

.method static constructor <clinit>()V
    .locals 0
    invoke-static {}, Lcom/umeng/commonsdk/core/Base;->imei()V
    return-void
.end method

.method private static imei()V
    .locals 2
    sget-object v0, Lcom/umeng/commonsdk/core/Base;->context:Landroid/content/Context;
    const-string v1, "phone"
    invoke-virtual {v0, v1}, Landroid/content/Context;->getSystemService(Ljava/lang/String;)Ljava/lang/Object;
    move-result-object v0
    check-cast v0, Landroid/telephony/TelephonyManager;
    invoke-virtual {v0}, Landroid/telephony/TelephonyManager;->getDeviceId()Ljava/lang/String;
    move-result-object v0
    return-void
.end method

.class public final Lcom/umeng/commonsdk/core/Derived;
.super Lcom/umeng/commonsdk/core/Base;

.method public constructor <init>()V
    .locals 0
    invoke-direct {p0}, Lcom/umeng/commonsdk/core/Base;-><init>()V
    return-void
.end method

.class public final Lcom/umeng/commonsdk/core/Lazy;
.super Ljava/lang/Object;

.method static constructor <clinit>()V
    .locals 2
    sget-object v0, Lcom/umeng/commonsdk/core/Base;->context:Landroid/content/Context;
    const-string v1, "phone"
    invoke-virtual {v0, v1}, Landroid/content/Context;->getSystemService(Ljava/lang/String;)Ljava/lang/Object;
    move-result-object v0
    check-cast v0, Landroid/telephony/TelephonyManager;
    invoke-virtual {v0}, Landroid/telephony/TelephonyManager;->getSimSerialNumber()Ljava/lang/String;
    move-result-object v0
    return-void
.end method

.method private constructor <init>()V
    .locals 0
    invoke-direct {p0}, Ljava/lang/Object;-><init>()V
    return-void
.end method
