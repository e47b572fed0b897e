// tools/srt/Key.h: what a compiled bundle depends on, as one name.
// SPDX-License-Identifier: Apache-2.0
//
// A bundle in the cache is named by everything that chose it but the texts: the
// policy's path, the options, the target and the compiler. The texts are
// compared with the digests in the bundle itself. Which of tool and repository
// matter is known after the first compilation only, and kept beside it.
#ifndef SRT_TOOLS_SRT_KEY_H
#define SRT_TOOLS_SRT_KEY_H

#include "tools/srt/Discover.h"

#include <cstdint>

namespace srt::command {

/// Which `scope` blocks the texts of a policy have.
struct Scopes {
  std::vector<std::string> tools;
  bool hasDir = false;
  bool hasRepo = false;
};

/// What the scopes of a compilation are chosen by.
struct Selected {
  std::string tool, dir, repo; // empty: not given, or no block asks for it
};

/// The Landlock ABI of the running kernel, 0 without Landlock.
int runningAbi();

/// "landlock-abi-6": what to compile for here.
std::string runningTarget();

/// The part of the name that is known before any compilation.
std::string keyOf(const Request &request, const Found &found,
                  const Places &places);

/// The file of the bundle and the one that tells its scopes, without folder.
std::string bundleName(const std::string &key, const Selected &selected);
std::string scopesName(const std::string &key);

/// Leaves of tool, folder and repository what some block asks for. The
/// repository is what `--repo` says, or the project's git.
Selected select(const Scopes &scopes, const Request &request,
                const Found &found);

/// Hexadecimal SHA-256 of fields, each with its length before it.
std::string digestOf(const std::vector<std::string> &fields);

std::string hex(const uint8_t *bytes, size_t size);

} // namespace srt::command

#endif
