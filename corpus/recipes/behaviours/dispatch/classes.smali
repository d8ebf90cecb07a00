# The app's own Application and screen.
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
    invoke-static {p0}, Lcom/umeng/commonsdk/UMConfigure;->init(Landroid/content/Context;)V
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

# The SDK's public entry.
.class public final Lcom/umeng/commonsdk/UMConfigure;
.super Ljava/lang/Object;

.method public static init(Landroid/content/Context;)V
    .locals 4
    new-instance v0, Lcom/umeng/commonsdk/core/ImeiCollector;
    invoke-direct {v0}, Lcom/umeng/commonsdk/core/ImeiCollector;-><init>()V
    invoke-interface {v0, p0}, Lcom/umeng/commonsdk/core/Collector;->collect(Landroid/content/Context;)V
    return-void
.end method

.class public abstract interface Lcom/umeng/commonsdk/core/Collector;
.super Ljava/lang/Object;

.method public abstract collect(Landroid/content/Context;)V
.end method

.class public final Lcom/umeng/commonsdk/core/ImeiCollector;
.super Ljava/lang/Object;
.implements Lcom/umeng/commonsdk/core/Collector;

.method public constructor <init>()V
    .locals 0
    invoke-direct {p0}, Ljava/lang/Object;-><init>()V
    return-void
.end method

.method public collect(Landroid/content/Context;)V
    .locals 1
    const-string v0, "phone"
    invoke-virtual {p1, v0}, Landroid/content/Context;->getSystemService(Ljava/lang/String;)Ljava/lang/Object;
    move-result-object v0
    check-cast v0, Landroid/telephony/TelephonyManager;
    invoke-virtual {v0}, Landroid/telephony/TelephonyManager;->getDeviceId()Ljava/lang/String;
    move-result-object v0
    return-void
.end method

.class final Lcom/umeng/commonsdk/core/SimCollector;
.super Ljava/lang/Object;
.implements Lcom/umeng/commonsdk/core/Collector;

.method public constructor <init>()V
    .locals 0
    invoke-direct {p0}, Ljava/lang/Object;-><init>()V
    return-void
.end method

.method public collect(Landroid/content/Context;)V
    .locals 1
    const-string v0, "phone"
    invoke-virtual {p1, v0}, Landroid/content/Context;->getSystemService(Ljava/lang/String;)Ljava/lang/Object;
    move-result-object v0
    check-cast v0, Landroid/telephony/TelephonyManager;
    invoke-virtual {v0}, Landroid/telephony/TelephonyManager;->getSimSerialNumber()Ljava/lang/String;
    move-result-object v0
    return-void
.end method
