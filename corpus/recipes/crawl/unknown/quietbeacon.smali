# An SDK that no signature knows: it starts itself by a provider, reads the Android ID and the list of apps, and has hosts
# and a key in the manifest to be known by.
.class public Lcom/quietbeacon/agent/StartProvider;
.super Landroid/content/ContentProvider;

.method public constructor <init>()V
    .locals 0
    invoke-direct {p0}, Landroid/content/ContentProvider;-><init>()V
    return-void
.end method

.method public onCreate()Z
    .locals 2
    invoke-virtual {p0}, Lcom/quietbeacon/agent/StartProvider;->getContext()Landroid/content/Context;
    move-result-object v0
    invoke-static {v0}, Lcom/quietbeacon/agent/core/Beacon;->start(Landroid/content/Context;)V
    const/4 v0, 0x1
    return v0
.end method

.method public query(Landroid/net/Uri;[Ljava/lang/String;Ljava/lang/String;[Ljava/lang/String;Ljava/lang/String;)Landroid/database/Cursor;
    .locals 1
    const/4 v0, 0x0
    return-object v0
.end method

.method public getType(Landroid/net/Uri;)Ljava/lang/String;
    .locals 1
    const/4 v0, 0x0
    return-object v0
.end method

.method public insert(Landroid/net/Uri;Landroid/content/ContentValues;)Landroid/net/Uri;
    .locals 1
    const/4 v0, 0x0
    return-object v0
.end method

.method public delete(Landroid/net/Uri;Ljava/lang/String;[Ljava/lang/String;)I
    .locals 1
    const/4 v0, 0x0
    return v0
.end method

.method public update(Landroid/net/Uri;Landroid/content/ContentValues;Ljava/lang/String;[Ljava/lang/String;)I
    .locals 1
    const/4 v0, 0x0
    return v0
.end method

.class public final Lcom/quietbeacon/agent/core/Beacon;
.super Ljava/lang/Object;

.field public static final VERSION:Ljava/lang/String; = "1.0"

.method public static start(Landroid/content/Context;)V
    .locals 2
    invoke-virtual {p0}, Landroid/content/Context;->getContentResolver()Landroid/content/ContentResolver;
    move-result-object v0
    const-string v1, "android_id"
    invoke-static {v0, v1}, Landroid/provider/Settings$Secure;->getString(Landroid/content/ContentResolver;Ljava/lang/String;)Ljava/lang/String;
    move-result-object v0
    invoke-static {v0}, Lcom/quietbeacon/agent/net/Sender;->send(Ljava/lang/String;)V
    invoke-virtual {p0}, Landroid/content/Context;->getPackageManager()Landroid/content/pm/PackageManager;
    move-result-object v0
    const/4 v1, 0x0
    invoke-virtual {v0, v1}, Landroid/content/pm/PackageManager;->getInstalledPackages(I)Ljava/util/List;
    move-result-object v0
    return-void
.end method

.class final Lcom/quietbeacon/agent/net/Sender;
.super Ljava/lang/Object;

.method static send(Ljava/lang/String;)V
    .locals 2
    const-string v0, "https://collect.quietbeacon.com/v1/device"
    const-string v1, "quietbeacon"
    invoke-static {v1, v0}, Landroid/util/Log;->i(Ljava/lang/String;Ljava/lang/String;)I
    return-void
.end method

.class final Lcom/quietbeacon/agent/core/Codec;
.super Ljava/lang/Object;

.method static mix([BI)I
    .locals 4
    const/4 v0, 0x0
    array-length v1, p0
    move v2, p1
    :next
    if-ge v0, v1, :done
    aget-byte v3, p0, v0
    mul-int/lit8 v2, v2, 0x1f
    xor-int/2addr v2, v3
    ushr-int/lit8 v2, v2, 0x3
    int-to-byte v3, v2
    aput-byte v3, p0, v0
    add-int/lit8 v0, v0, 0x1
    goto :next
    :done
    return v2
.end method

.class final Lcom/quietbeacon/agent/net/Frame;
.super Ljava/lang/Object;

.method static mix([BI)I
    .locals 4
    const/4 v0, 0x0
    array-length v1, p0
    move v2, p1
    :next
    if-ge v0, v1, :done
    aget-byte v3, p0, v0
    mul-int/lit8 v2, v2, 0x25
    xor-int/2addr v2, v3
    ushr-int/lit8 v2, v2, 0x3
    int-to-byte v3, v2
    aput-byte v3, p0, v0
    add-int/lit8 v0, v0, 0x1
    goto :next
    :done
    return v2
.end method

.class final Lcom/quietbeacon/agent/util/Hash;
.super Ljava/lang/Object;

.method static mix([BI)I
    .locals 4
    const/4 v0, 0x0
    array-length v1, p0
    move v2, p1
    :next
    if-ge v0, v1, :done
    aget-byte v3, p0, v0
    mul-int/lit8 v2, v2, 0x11
    xor-int/2addr v2, v3
    ushr-int/lit8 v2, v2, 0x3
    int-to-byte v3, v2
    aput-byte v3, p0, v0
    add-int/lit8 v0, v0, 0x1
    goto :next
    :done
    return v2
.end method
