// lib/Lsp/MessageInput.h: messages out of a stream of bytes, none trusted.
// SPDX-License-Identifier: Apache-2.0
//
// Each message is a header, an empty line and as many bytes as the header's
// Content-Length says. Where that is missing, too large or wrong, the rest is
// searched for the next header: an editor's mistake costs messages, not us.
#ifndef SRT_LIB_LSP_MESSAGEINPUT_H
#define SRT_LIB_LSP_MESSAGEINPUT_H

#include "lib/Lsp/MessageCheck.h"

#include "llvm/Support/LSP/Transport.h"

#include <functional>

namespace srt::lsp {

/// Fills a buffer; returns how many bytes, 0 at the end. May wait.
using ReadBytes = std::function<size_t(char *into, size_t size)>;

class MessageInput : public llvm::lsp::JSONTransportInput {
public:
  /// `refuse` is told of every message that is not handed on.
  MessageInput(ReadBytes read, std::function<void(Refusal)> refuse)
      : read(std::move(read)), refuse(std::move(refuse)) {}

  bool hasError() const override { return false; }
  bool isEndOfInput() const override { return isAtEnd; }

  /// The next message, if it may be acted on; else the refusal is told, or the
  /// input is at its end. Memory: one message.
  llvm::LogicalResult readStandardMessage(std::string &json) override;
  /// Not spoken here.
  llvm::LogicalResult readDelimitedMessage(std::string &json) override;

private:
  std::optional<char> next();
  std::string readLine();
  std::optional<size_t> readHeader();
  bool readBody(size_t length, std::string &json);
  void refuseLength(const std::string &line);

  ReadBytes read;
  std::function<void(Refusal)> refuse;
  std::string buffer;
  size_t at = 0; // next byte of the buffer
  bool isAtEnd = false;
  bool isLost = false; // the last message did not end where it said
};

} // namespace srt::lsp

#endif
