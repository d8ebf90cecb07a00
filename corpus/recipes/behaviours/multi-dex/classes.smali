.class public Lapp/demo/HostApplication;
.super Lapp/demo/BaseApplication;

.method public constructor <init>()V
    .locals 0
    invoke-direct {p0}, Lapp/demo/BaseApplication;-><init>()V
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
    new-instance v0, Lcom/umeng/commonsdk/ui/TrackView;
    invoke-direct {v0, p0}, Lcom/umeng/commonsdk/ui/TrackView;-><init>(Landroid/content/Context;)V
    new-instance v1, Lcom/umeng/commonsdk/core/PhoneCollector;
    invoke-direct {v1}, Lcom/umeng/commonsdk/core/PhoneCollector;-><init>()V
    const-string v2, "umeng"
    invoke-virtual {v0, v1, v2}, Lcom/umeng/commonsdk/ui/TrackView;->addJavascriptInterface(Ljava/lang/Object;Ljava/lang/String;)V
    invoke-virtual {v1, p0}, Lcom/umeng/commonsdk/core/PhoneCollector;->read(Landroid/content/Context;)Ljava/lang/String;
    return-void
.end method

.class public Lcom/umeng/commonsdk/ui/TrackView;
.super Lcom/umeng/commonsdk/ui/BaseView;

.method public constructor <init>(Landroid/content/Context;)V
    .locals 0
    invoke-direct {p0, p1}, Lcom/umeng/commonsdk/ui/BaseView;-><init>(Landroid/content/Context;)V
    return-void
.end method

.class public Lcom/umeng/commonsdk/core/PhoneCollector;
.super Lcom/umeng/commonsdk/core/BaseCollector;

.method public constructor <init>()V
    .locals 0
    invoke-direct {p0}, Lcom/umeng/commonsdk/core/BaseCollector;-><init>()V
    return-void
.end method
