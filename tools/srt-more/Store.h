// tools/srt-more/Store.h: writes compiled bundles where srt finds them.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_MORE_STORE_H
#define SRT_TOOLS_SRT_MORE_STORE_H

#include "tools/srt-more/Compile.h"

namespace srt::command {

/// Makes a folder with mode 0700, and those above it. False unless it is there
/// and nobody else can write it; `problem` says which of the two.
bool makeFolder(const std::string &path, std::string &problem);

/// Writes a file so that others see all of it or nothing. False if it cannot.
bool writeWhole(const std::string &path, const std::string &text);

/// Puts the bundle into the cache and returns its path; empty if there is no
/// cache to be had, with the reason in `problem`.
std::string storeBundle(const Job &job, const Compiled &compiled,
                        std::string &problem);

/// A bundle that is nowhere: a path that leads to memory, for one exec.
std::string holdInMemory(const std::string &bytes);

} // namespace srt::command

#endif
