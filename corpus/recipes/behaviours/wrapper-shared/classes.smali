.class public Lapp/demo/HostApplication;
.super Landroid/app/Application;

.method public constructor <init>()V
    .locals 0
    invoke-direct {p0}, Landroid/app/Application;-><init>()V
    return-void
.end method

.method public onCreate()V
    .locals 0
    invoke-super {p0}, Landroid/app/Application;->onCreate()V
    invoke-static {p0}, Lapp/demo/Hook;->imei(Landroid/content/Context;)Ljava/lang/String;
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
    invoke-static {p0}, Lcom/umeng/commonsdk/UMConfigure;->init(Landroid/content/Context;)V
    return-void
.end method

.class public final Lapp/demo/Hook;
.super Ljava/lang/Object;

.method public static imei(Landroid/content/Context;)Ljava/lang/String;
    .locals 1
    const-string v0, "phone"
    invoke-virtual {p0, v0}, Landroid/content/Context;->getSystemService(Ljava/lang/String;)Ljava/lang/Object;
    move-result-object v0
    check-cast v0, Landroid/telephony/TelephonyManager;
    invoke-virtual {v0}, Landroid/telephony/TelephonyManager;->getDeviceId()Ljava/lang/String;
    move-result-object v0
    return-object v0
.end method

# The SDK's public entry.
.class public final Lcom/umeng/commonsdk/UMConfigure;
.super Ljava/lang/Object;

.method public static init(Landroid/content/Context;)V
    .locals 4
    invoke-static {p0}, Lapp/demo/Hook;->imei(Landroid/content/Context;)Ljava/lang/String;
    return-void
.end method

.class public final Lcom/tendcloud/tenddata/TCAgent;
.super Ljava/lang/Object;

.method private static legacyId(Landroid/content/Context;)Ljava/lang/String;
    .locals 1
    invoke-static {p0}, Lapp/demo/Hook;->imei(Landroid/content/Context;)Ljava/lang/String;
    move-result-object v0
    return-object v0
.end method
