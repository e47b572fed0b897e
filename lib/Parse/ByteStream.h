// lib/Parse/ByteStream.h: feeds bytes to ANTLR, one character each.
// SPDX-License-Identifier: Apache-2.0
//
// ANTLR's own stream decodes UTF-8, after which positions no longer count
// bytes. The grammar is ASCII outside quotes and comments, so bytes do.
#ifndef SRT_LIB_PARSE_BYTESTREAM_H
#define SRT_LIB_PARSE_BYTESTREAM_H

#include "llvm/ADT/StringRef.h"

#include "antlr4-runtime.h"

namespace srt {

/// Requires: the text outlives the stream.
class ByteStream : public antlr4::CharStream {
public:
  explicit ByteStream(llvm::StringRef text) : text(text) {}

  void consume() override { ++at; }
  size_t LA(ssize_t i) override {
    // ANTLR counts LA(1) as the next character and LA(-1) as the last one.
    size_t where = i > 0 ? at + i - 1 : at + i;
    if (i == 0)
      return 0;
    return where < text.size() ? size_t(uint8_t(text[where])) : size_t(EOF);
  }
  ssize_t mark() override { return -1; }
  void release(ssize_t) override {}
  size_t index() override { return at; }
  void seek(size_t index) override { at = std::min(index, text.size()); }
  size_t size() override { return text.size(); }
  std::string getSourceName() const override { return {}; }
  std::string getText(const antlr4::misc::Interval &interval) override {
    return text.slice(size_t(interval.a), size_t(interval.b) + 1).str();
  }
  std::string toString() const override { return text.str(); }

private:
  llvm::StringRef text;
  size_t at = 0;
};

} // namespace srt

#endif
