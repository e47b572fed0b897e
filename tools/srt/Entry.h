// tools/srt/Entry.h: a compiled bundle in the cache, if it still holds.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a bundle that is found obeys the format, was written by nobody
// else, and every text that it was made from still has the digest that it had.
// Whatever is amiss is a miss: the cache is never the reason not to run.
#ifndef SRT_TOOLS_SRT_ENTRY_H
#define SRT_TOOLS_SRT_ENTRY_H

#include "runtime/bundle/check.h"
#include "tools/srt/Key.h"

namespace srt::command {

struct Entry {
  std::string path; // empty: not in the cache
  bool hasBroker = false;
  bool isAsking = false; // some rule is `ask`
};

/// Looks the bundle for a request up.
Entry findEntry(const std::string &key, const Request &request,
                const Found &found, const Places &places);

/// Where the text lies that a bundle calls `name`: "std/x.srt" is in the
/// library, everything else is called by its path.
std::string pathOfSource(const std::string &name, const Places &places);

/// One digest for all texts of a bundle.
std::string digestOfSources(const srt_view &view);

/// The file `KEY.scopes`: the digest of the texts, then a line for each scope.
std::string scopesText(const Scopes &scopes, const std::string &digest);

} // namespace srt::command

#endif
