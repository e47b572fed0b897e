// lib/Lsp/MessageCheck.h: which bytes are a message that may be acted on.
// SPDX-License-Identifier: Apache-2.0
//
// LLVM's JSON parser recurses into arrays and objects, and its transport ends
// without a word on a message that is no JSON-RPC: both are looked at first.
#ifndef SRT_LIB_LSP_MESSAGECHECK_H
#define SRT_LIB_LSP_MESSAGECHECK_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/LSP/Protocol.h"

#include <optional>
#include <string>

namespace srt::lsp {

inline constexpr size_t kMaxMessage = 32u << 20; // bytes
inline constexpr unsigned kMaxDepth = 64;        // arrays and objects
inline constexpr size_t kMaxValues = 1u << 20;   // in one message

/// Why a message is not acted on, and whom to tell (null: it has no id).
struct Refusal {
  llvm::lsp::ErrorCode code;
  std::string why;
  llvm::json::Value id = nullptr;
};

/// Nothing if `text` is a JSON-RPC 2.0 request, notification or response within
/// the bounds above; ParseError or InvalidRequest otherwise. O(n).
std::optional<Refusal> refusalOf(llvm::StringRef text);

} // namespace srt::lsp

#endif
