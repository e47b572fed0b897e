// fuzz/Lsp.cpp: what an editor, or somebody in its place, may send to srt-lsp.
// SPDX-License-Identifier: Apache-2.0
//
// An input that begins with `Content-Length` is the stream itself; of any other
// each line is a message, so that mutations get past the header. Whatever comes,
// what is written back is a stream of whole JSON-RPC messages: findings, and at
// most one answer to each request.
#include "fuzz/Target.h"
#include "lib/Lsp/Server.h"

#include "llvm/Support/raw_ostream.h"

#include <cstring>

using namespace srt;

/// The stream that the server reads.
static std::string streamOf(llvm::StringRef input) {
  if (input.starts_with("Content-Length"))
    return input.str();
  std::string stream;
  while (!input.empty()) {
    auto [line, rest] = input.split('\n');
    stream += "Content-Length: " + std::to_string(line.size()) + "\r\n\r\n" +
              line.str();
    input = rest;
  }
  return stream;
}

static std::string served(llvm::StringRef stream) {
  std::string said;
  llvm::raw_string_ostream out(said);
  CompileOptions options;
  options.stdFolder = fuzz::kNoFolder;
  lsp::Bounds bounds;
  bounds.place = lsp::Workplace::Inline;
  // In small pieces, as a pipe may hand them out.
  constexpr size_t kPiece = 977;
  lsp::Server(options, bounds, out).serve([&](char *into, size_t size) {
    size_t taken = std::min({size, stream.size(), kPiece});
    std::memcpy(into, stream.data(), taken);
    stream = stream.drop_front(taken);
    return taken;
  });
  return said;
}

/// Takes one message off the front.
static llvm::json::Value next(llvm::StringRef &said) {
  size_t length = 0;
  fuzz::require(said.consume_front("Content-Length: "), "no length");
  fuzz::require(!said.consumeInteger(10, length), "a length that is none");
  fuzz::require(said.consume_front("\r\n\r\n"), "a header without an end");
  fuzz::require(length <= said.size(), "a message that is cut");
  auto message = llvm::json::parse(said.take_front(length));
  fuzz::require(bool(message), "a message that is no JSON");
  said = said.drop_front(length);
  return std::move(*message);
}

static void checkMessage(const llvm::json::Value &value) {
  const llvm::json::Object *message = value.getAsObject();
  fuzz::require(message && message->getString("jsonrpc") == "2.0",
                "a message that is not JSON-RPC");
  bool isAnswer = message->get("id") != nullptr;
  bool isFinding =
      message->getString("method") == "textDocument/publishDiagnostics";
  fuzz::require(isAnswer != isFinding, "neither an answer nor a finding");
  bool hasResult = message->get("result") != nullptr;
  bool hasError = message->get("error") != nullptr;
  fuzz::require(!isAnswer || hasResult != hasError, "an answer that says two things");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string stream = streamOf(fuzz::textOf(data, size));
  std::string said = served(stream);
  llvm::StringRef rest = said;
  while (!rest.empty())
    checkMessage(next(rest));
  return 0;
}
