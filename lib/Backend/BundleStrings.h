// lib/Backend/BundleStrings.h: the strings section of a bundle.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_BACKEND_BUNDLESTRINGS_H
#define SRT_LIB_BACKEND_BUNDLESTRINGS_H

#include "runtime/bundle/bundle.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"

#include <string>

namespace srt::backend {

/// Collects strings in the order of their first use, each text once.
class BundleStrings {
public:
  /// Adds a text that the loader acts upon: it is never cut. One that the
  /// format cannot hold is remembered for takeFailure().
  srt_string add(llvm::StringRef text);

  /// Adds a text for people, cut to what the format holds.
  srt_string addMessage(llvm::StringRef text);

  /// Every string with a NUL behind it.
  llvm::StringRef bytes() const { return section; }

  /// The first text that could not be added, if there was one.
  llvm::Error takeFailure() const;

private:
  std::string section;
  llvm::StringMap<uint32_t> offsets; // looked up only, never iterated
  std::string failure;
};

} // namespace srt::backend

#endif
