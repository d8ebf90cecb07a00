#pragma once
// Zstandard (RFC 8878), with or without a trained dictionary. The only owner of libzstd. Every frame carries
// its content's size and checksum, so that damage is noticed when it is read.
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/bytes.h"

namespace sdkprint {

/// A dictionary prepared for both directions. Immutable, shared by threads.
class CompressionDictionary {
 public:
  explicit CompressionDictionary(std::vector<std::uint8_t> bytes, int level);
  ~CompressionDictionary();
  CompressionDictionary(const CompressionDictionary&) = delete;
  CompressionDictionary& operator=(const CompressionDictionary&) = delete;

  Bytes bytes() const { return bytes_; }
  std::uint32_t id() const { return id_; }  ///< stands in every frame that was made with it

 private:
  friend class Compressor;
  struct Prepared;
  std::vector<std::uint8_t> bytes_;
  std::uint32_t id_;
  std::unique_ptr<Prepared> prepared_;
};

/// A dictionary of at most `size` bytes for records like the samples; empty when they are too few or too
/// alike for one.
std::vector<std::uint8_t> train_dictionary(std::span<const std::vector<std::uint8_t>> samples,
                                           std::size_t size);

/// The id of the dictionary that a frame needs; 0 for none. Throws InputError when it is no frame.
std::uint32_t dictionary_of(Bytes frame);

/// Contexts that are reused; one a thread.
class Compressor {
 public:
  Compressor();
  ~Compressor();
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;

  std::vector<std::uint8_t> compress(Bytes content, int level);
  std::vector<std::uint8_t> compress(Bytes content, const CompressionDictionary& dictionary);
  /// Throws InputError: no frame, damaged, larger than `most` bytes, made with another dictionary.
  std::vector<std::uint8_t> decompress(Bytes frame, std::uint64_t most,
                                       const CompressionDictionary* dictionary = nullptr);

  /// The calling thread's own.
  static Compressor& of_thread();

 private:
  struct Contexts;
  std::unique_ptr<Contexts> contexts_;
};

}  // namespace sdkprint
