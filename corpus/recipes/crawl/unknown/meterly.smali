# Another that no signature knows: a shared measuring library, without anything in the manifest.
.class public final Lio/meterly/track/Meter;
.super Ljava/lang/Object;

.method public static count(Landroid/content/Context;Ljava/lang/String;)V
    .locals 2
    const-string v0, "https://in.meterly.io/e"
    invoke-static {p1, v0}, Landroid/util/Log;->i(Ljava/lang/String;Ljava/lang/String;)I
    invoke-virtual {p0}, Landroid/content/Context;->getPackageName()Ljava/lang/String;
    return-void
.end method

.class final Lio/meterly/track/internal/Queue;
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

.class final Lio/meterly/track/internal/Pack;
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

.class final Lio/meterly/track/store/Log;
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
