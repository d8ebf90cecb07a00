# Part of every case: enough ordinary code for both SDKs to count as integrated, and none of it does anything that the
# catalogue knows.

.class final Lcom/umeng/commonsdk/internal/Codec;
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
    and-int/lit16 v3, v2, 0xff
    ushr-int/lit8 v2, v2, 0x3
    add-int/2addr v2, v3
    rsub-int/lit8 v3, v3, 0x7f
    int-to-byte v3, v3
    aput-byte v3, p0, v0
    add-int/lit8 v0, v0, 0x1
    goto :next
    :done
    return v2
.end method

.class final Lcom/umeng/commonsdk/internal/Frame;
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
    and-int/lit16 v3, v2, 0xff
    ushr-int/lit8 v2, v2, 0x3
    add-int/2addr v2, v3
    rsub-int/lit8 v3, v3, 0x7f
    int-to-byte v3, v3
    aput-byte v3, p0, v0
    add-int/lit8 v0, v0, 0x1
    goto :next
    :done
    return v2
.end method

.class final Lcom/umeng/commonsdk/internal/Checksum;
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
    and-int/lit16 v3, v2, 0xff
    ushr-int/lit8 v2, v2, 0x3
    add-int/2addr v2, v3
    rsub-int/lit8 v3, v3, 0x7f
    int-to-byte v3, v3
    aput-byte v3, p0, v0
    add-int/lit8 v0, v0, 0x1
    goto :next
    :done
    return v2
.end method

.class final Lcom/tendcloud/tenddata/a;
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
    and-int/lit16 v3, v2, 0xff
    ushr-int/lit8 v2, v2, 0x3
    add-int/2addr v2, v3
    rsub-int/lit8 v3, v3, 0x7f
    int-to-byte v3, v3
    aput-byte v3, p0, v0
    add-int/lit8 v0, v0, 0x1
    goto :next
    :done
    return v2
.end method

.class final Lcom/tendcloud/tenddata/b;
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
    and-int/lit16 v3, v2, 0xff
    ushr-int/lit8 v2, v2, 0x3
    add-int/2addr v2, v3
    rsub-int/lit8 v3, v3, 0x7f
    int-to-byte v3, v3
    aput-byte v3, p0, v0
    add-int/lit8 v0, v0, 0x1
    goto :next
    :done
    return v2
.end method

.class final Lcom/tendcloud/tenddata/c;
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
    and-int/lit16 v3, v2, 0xff
    ushr-int/lit8 v2, v2, 0x3
    add-int/2addr v2, v3
    rsub-int/lit8 v3, v3, 0x7f
    int-to-byte v3, v3
    aput-byte v3, p0, v0
    add-int/lit8 v0, v0, 0x1
    goto :next
    :done
    return v2
.end method

.class final Lcom/tendcloud/tenddata/d;
.super Ljava/lang/Object;


.method static mix([BI)I
    .locals 4
    const/4 v0, 0x0
    array-length v1, p0
    move v2, p1
    :next
    if-ge v0, v1, :done
    aget-byte v3, p0, v0
    mul-int/lit8 v2, v2, 0xd
    xor-int/2addr v2, v3
    and-int/lit16 v3, v2, 0xff
    ushr-int/lit8 v2, v2, 0x3
    add-int/2addr v2, v3
    rsub-int/lit8 v3, v3, 0x7f
    int-to-byte v3, v3
    aput-byte v3, p0, v0
    add-int/lit8 v0, v0, 0x1
    goto :next
    :done
    return v2
.end method

.class final Lcom/tendcloud/tenddata/e;
.super Ljava/lang/Object;


.method static mix([BI)I
    .locals 4
    const/4 v0, 0x0
    array-length v1, p0
    move v2, p1
    :next
    if-ge v0, v1, :done
    aget-byte v3, p0, v0
    mul-int/lit8 v2, v2, 0x29
    xor-int/2addr v2, v3
    and-int/lit16 v3, v2, 0xff
    ushr-int/lit8 v2, v2, 0x3
    add-int/2addr v2, v3
    rsub-int/lit8 v3, v3, 0x7f
    int-to-byte v3, v3
    aput-byte v3, p0, v0
    add-int/lit8 v0, v0, 0x1
    goto :next
    :done
    return v2
.end method
