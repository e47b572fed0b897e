// tools/srt/Places.h: where srt keeps its things, and where its own parts are.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_PLACES_H
#define SRT_TOOLS_SRT_PLACES_H

#include <string>
#include <sys/stat.h>

namespace srt::command {

/// Folders without a slash at the end. One that cannot be told (no HOME, a
/// relative XDG_*_HOME, which the XDG base directory specification has us
/// ignore) is empty.
struct Places {
  std::string programs; // where srt-load and srt-more lie: beside this program
  std::string std;      // the library of policies
  std::string config;   // ~/.config/srt
  std::string cache;    // ~/.cache/srt
  std::string state;    // ~/.local/state/srt
  std::string runtime;  // $XDG_RUNTIME_DIR/srt: until the user logs out
};

Places findPlaces();

/// Why something that srt is about to believe cannot be believed.
enum class Doubt { None, OtherOwner, OthersMayWrite };

/// Who may have written a file or folder: nobody but the user, root, and (with
/// an ordinary umask of 002) the user's own group.
Doubt doubtOf(const struct stat &status);

/// "belongs to another user", "may be written by others".
const char *text(Doubt doubt);

} // namespace srt::command

#endif
