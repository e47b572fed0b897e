// lib/Lsp/MessageInput.cpp: messages out of a stream of bytes, none trusted.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Lsp/MessageInput.h"

#include <algorithm>

namespace srt::lsp {

using llvm::lsp::ErrorCode;

static constexpr llvm::StringLiteral kLength = "Content-Length:";
static constexpr size_t kMaxLine = 1024; // bytes of a header line that count

std::optional<char> MessageInput::next() {
  if (at == buffer.size()) {
    buffer.resize(1 << 16);
    buffer.resize(isAtEnd ? 0 : read(buffer.data(), buffer.size()));
    at = 0;
    isAtEnd = isAtEnd || buffer.empty();
  }
  if (isAtEnd)
    return std::nullopt;
  return buffer[at++];
}

/// A line without its end. Of a longer one the last bytes: a header may stand
/// behind the rest of a message that was longer than it said.
std::string MessageInput::readLine() {
  std::string line;
  for (std::optional<char> c = next(); c && *c != '\n'; c = next()) {
    line += *c;
    if (line.size() > 2 * kMaxLine)
      line.erase(0, kMaxLine);
  }
  if (!line.empty() && line.back() == '\r')
    line.pop_back();
  return line;
}

void MessageInput::refuseLength(const std::string &line) {
  refuse({ErrorCode::ParseError,
          "not the length of a message: `" +
              llvm::json::fixUTF8(llvm::StringRef(line).take_front(80)) + "`"});
  isLost = true;
}

/// Reads header lines up to the empty one. Nothing at the end of the input, or
/// after a refusal.
std::optional<size_t> MessageInput::readHeader() {
  std::optional<size_t> length;
  for (std::string before; !isAtEnd;) {
    std::string line = readLine();
    if (line.empty() && (length || isAtEnd))
      return length;
    if (line.empty() && !before.empty() && !isLost)
      refuseLength(before);
    before = line;
    llvm::StringRef rest = line;
    // Names of header fields have no case (RFC 7230, section 3.2).
    size_t found = isLost ? rest.rfind_insensitive(kLength)
                          : rest.find_insensitive(kLength);
    bool isField = found == 0 || (isLost && found != llvm::StringRef::npos);
    uint64_t number = 0;
    if (!isField)
      continue;
    if (rest.substr(found + kLength.size()).trim().getAsInteger(10, number))
      refuseLength(line);
    else
      length = number;
  }
  return std::nullopt;
}

/// Reads `length` bytes, or passes over them if they are too many to keep.
bool MessageInput::readBody(size_t length, std::string &json) {
  json.clear();
  for (size_t left = length; left > 0;) {
    std::optional<char> first = next();
    if (!first)
      return false;
    size_t taken = std::min(left, buffer.size() - at + 1);
    if (length <= kMaxMessage)
      json.append(buffer, at - 1, taken);
    at += taken - 1;
    left -= taken;
  }
  return true;
}

llvm::LogicalResult MessageInput::readStandardMessage(std::string &json) {
  std::optional<size_t> length = readHeader();
  if (!length || !readBody(*length, json))
    return llvm::failure();
  if (*length > kMaxMessage) {
    refuse({ErrorCode::InvalidRequest,
            "a message of " + std::to_string(*length) +
                " bytes; at most " + std::to_string(kMaxMessage) +
                " are read"});
    return llvm::failure();
  }
  std::optional<Refusal> refusal = refusalOf(json);
  isLost = refusal && refusal->code == ErrorCode::ParseError;
  if (!refusal)
    return llvm::success();
  refuse(std::move(*refusal));
  return llvm::failure();
}

llvm::LogicalResult MessageInput::readDelimitedMessage(std::string &json) {
  isAtEnd = true;
  return llvm::failure();
}

} // namespace srt::lsp
