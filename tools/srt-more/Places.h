// tools/srt-more/Places.h: from single accesses to places that a person would name.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: every place covers accesses that were made; a folder stands for
// what is in it only if several things in it were used or it was written to, and
// never a folder that holds a whole system or a whole home.
#ifndef SRT_TOOLS_SRT_MORE_PLACES_H
#define SRT_TOOLS_SRT_MORE_PLACES_H

#include "tools/srt-more/Accesses.h"
#include "tools/srt-more/Compile.h"

#include <map>
#include <set>

namespace srt::command {

/// What can be granted at a place. In the order in which policies show them.
enum class Kind : uint8_t {
  Read,     // `read`
  List,     // `read.list`
  Write,    // `write`: things are made, removed or moved
  Change,   // `write.data`: what is there is written
  Metadata, // `write.metadata`
  Device,   // `ioctl`
  Run,      // `exec`
};
inline constexpr Kind kKinds[] = {Kind::Read,   Kind::List,     Kind::Write,
                                  Kind::Change, Kind::Metadata, Kind::Device,
                                  Kind::Run};

/// "read", "read.list", ...
const char *actionsOf(Kind kind);

/// A path, and all that is beneath it.
struct Place {
  std::string path;
  std::vector<Access> accesses; // that it is there for, sorted
};

/// Where the project and the home are; empty: not known.
struct Surroundings {
  std::string project, home;
  std::vector<std::string> programs; // folders of PATH
};
Surroundings surroundingsOf(const Job &job);

/// Whether a folder is more than a person would grant as a whole.
bool isTooWide(const std::string &folder, const Surroundings &around);

/// The places of all accesses to paths, sorted by path within each kind.
/// Accesses to endpoints are passed over. `all`: what was done beside, which tells
/// what is made anew each time. O(n log n) in the accesses.
std::map<Kind, std::vector<Place>> placesOf(const std::vector<Access> &accesses,
                                            const std::vector<Access> &all,
                                            const Surroundings &around);

} // namespace srt::command

#endif
