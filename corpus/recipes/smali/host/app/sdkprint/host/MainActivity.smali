# An Activity that shows a text and asks the package manager for its own name: ordinary app code.
.class public Lapp/sdkprint/host/MainActivity;
.super Landroid/app/Activity;

.field public static final GREETING:Ljava/lang/String; = "hello from the host app"

.method public constructor <init>()V
    .registers 1
    invoke-direct {p0}, Landroid/app/Activity;-><init>()V
    return-void
.end method

.method protected onCreate(Landroid/os/Bundle;)V
    .registers 4
    invoke-super {p0, p1}, Landroid/app/Activity;->onCreate(Landroid/os/Bundle;)V
    new-instance v0, Landroid/widget/TextView;
    invoke-direct {v0, p0}, Landroid/widget/TextView;-><init>(Landroid/content/Context;)V
    const-string v1, "hello from the host app"
    invoke-virtual {v0, v1}, Landroid/widget/TextView;->setText(Ljava/lang/CharSequence;)V
    invoke-virtual {p0, v0}, Lapp/sdkprint/host/MainActivity;->setContentView(Landroid/view/View;)V
    return-void
.end method
