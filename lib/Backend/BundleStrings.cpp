// lib/Backend/BundleStrings.cpp: strings of a bundle, each once.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/BundleStrings.h"

namespace srt::backend {

static constexpr size_t kMaxSize = SRT_MAX_STRING - 1; // without the NUL

static std::string reasonAgainst(llvm::StringRef text) {
  if (text.size() > kMaxSize)
    return "a text of " + std::to_string(text.size()) +
           " bytes; the bundle takes " + std::to_string(kMaxSize) + ": `" +
           text.take_front(40).str() + "...`";
  if (text.contains('\0'))
    return "a text with a NUL inside, which no kernel interface takes";
  return {};
}

srt_string BundleStrings::add(llvm::StringRef text) {
  if (std::string reason = reasonAgainst(text); !reason.empty()) {
    if (failure.empty())
      failure = std::move(reason);
    return {};
  }
  auto [row, isNew] = offsets.try_emplace(text, uint32_t(section.size()));
  if (isNew) {
    section.append(text.begin(), text.end());
    section.push_back('\0');
  }
  return {row->second, uint32_t(text.size())};
}

srt_string BundleStrings::addMessage(llvm::StringRef text) {
  text = text.take_until([](char c) { return c == '\0'; });
  size_t size = std::min(text.size(), kMaxSize);
  // Not in the middle of a UTF-8 sequence.
  while (size < text.size() && size > 0 && (text[size] & 0xc0) == 0x80)
    --size;
  return add(text.take_front(size));
}

llvm::Error BundleStrings::takeFailure() const {
  if (failure.empty())
    return llvm::Error::success();
  return llvm::createStringError(std::errc::value_too_large, "%s",
                                 failure.c_str());
}

} // namespace srt::backend
