#include "store/compression.h"

#include <zdict.h>
#include <zstd.h>

#include <string>

#include "base/error.h"

namespace sdkprint {

struct CompressionDictionary::Prepared {
  ZSTD_CDict* compress = nullptr;
  ZSTD_DDict* decompress = nullptr;
  ~Prepared() {
    ZSTD_freeCDict(compress);
    ZSTD_freeDDict(decompress);
  }
};

CompressionDictionary::CompressionDictionary(std::vector<std::uint8_t> bytes, int level)
    : bytes_(std::move(bytes)),
      id_(ZDICT_getDictID(bytes_.data(), bytes_.size())),
      prepared_(std::make_unique<Prepared>()) {
  prepared_->compress = ZSTD_createCDict(bytes_.data(), bytes_.size(), level);
  prepared_->decompress = ZSTD_createDDict(bytes_.data(), bytes_.size());
  if (id_ == 0 || prepared_->compress == nullptr || prepared_->decompress == nullptr)
    throw InputError("a stored compression dictionary is damaged");
}

CompressionDictionary::~CompressionDictionary() = default;

std::vector<std::uint8_t> train_dictionary(std::span<const std::vector<std::uint8_t>> samples,
                                           std::size_t size) {
  std::vector<std::uint8_t> together, dictionary(size);
  std::vector<std::size_t> sizes;
  for (const std::vector<std::uint8_t>& sample : samples) {
    together.insert(together.end(), sample.begin(), sample.end());
    sizes.push_back(sample.size());
  }
  const std::size_t made = ZDICT_trainFromBuffer(dictionary.data(), size, together.data(), sizes.data(),
                                                 static_cast<unsigned>(sizes.size()));
  dictionary.resize(ZDICT_isError(made) != 0 ? 0 : made);
  return dictionary;
}

std::uint32_t dictionary_of(Bytes frame) {
  if (ZSTD_getFrameContentSize(frame.data(), frame.size()) >= ZSTD_CONTENTSIZE_ERROR)
    throw InputError("stored record: no Zstandard frame of known size");
  return ZSTD_getDictID_fromFrame(frame.data(), frame.size());
}

struct Compressor::Contexts {
  ZSTD_CCtx* compress = ZSTD_createCCtx();
  ZSTD_DCtx* decompress = ZSTD_createDCtx();
  ~Contexts() {
    ZSTD_freeCCtx(compress);
    ZSTD_freeDCtx(decompress);
  }
};

namespace {

std::vector<std::uint8_t> compress_with(ZSTD_CCtx* context, Bytes content) {
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  std::vector<std::uint8_t> frame(ZSTD_compressBound(content.size()));
  const std::size_t size =
      ZSTD_compress2(context, frame.data(), frame.size(), content.data(), content.size());
  if (ZSTD_isError(size) != 0)
    throw Error(std::string("Zstandard cannot compress: ") + ZSTD_getErrorName(size));
  frame.resize(size);
  frame.shrink_to_fit();
  return frame;
}

}  // namespace

Compressor::Compressor() : contexts_(std::make_unique<Contexts>()) {
  if (contexts_->compress == nullptr || contexts_->decompress == nullptr)
    throw Error("no memory for Zstandard's contexts");
}

Compressor::~Compressor() = default;

Compressor& Compressor::of_thread() {
  thread_local Compressor compressor;
  return compressor;
}

std::vector<std::uint8_t> Compressor::compress(Bytes content, int level) {
  ZSTD_CCtx* const context = contexts_->compress;
  ZSTD_CCtx_reset(context, ZSTD_reset_session_and_parameters);
  ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level);
  return compress_with(context, content);
}

std::vector<std::uint8_t> Compressor::compress(Bytes content, const CompressionDictionary& dictionary) {
  ZSTD_CCtx* const context = contexts_->compress;
  ZSTD_CCtx_reset(context, ZSTD_reset_session_and_parameters);
  ZSTD_CCtx_refCDict(context, dictionary.prepared_->compress);
  return compress_with(context, content);
}

std::vector<std::uint8_t> Compressor::decompress(Bytes frame, std::uint64_t most,
                                                 const CompressionDictionary* dictionary) {
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size >= ZSTD_CONTENTSIZE_ERROR) throw InputError("stored record: no Zstandard frame of known size");
  if (size > most) throw InputError(InputError::Kind::limit, "stored record: larger than any record can be");
  std::vector<std::uint8_t> content(size);
  const std::size_t read =
      dictionary == nullptr
          ? ZSTD_decompressDCtx(contexts_->decompress, content.data(), size, frame.data(), frame.size())
          : ZSTD_decompress_usingDDict(contexts_->decompress, content.data(), size, frame.data(),
                                       frame.size(), dictionary->prepared_->decompress);
  if (ZSTD_isError(read) != 0 || read != size)
    throw InputError(std::string("stored record: damaged (") + ZSTD_getErrorName(read) + ")");
  return content;
}

}  // namespace sdkprint
