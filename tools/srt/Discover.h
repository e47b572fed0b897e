// tools/srt/Discover.h: which policy counts here, and what its project is.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_DISCOVER_H
#define SRT_TOOLS_SRT_DISCOVER_H

#include "tools/srt/Places.h"
#include "tools/srt/Request.h"

namespace srt::command {

/// Who chose the policy, which decides how far it is believed.
enum class Choice {
  Given,   // --policy: whoever typed that
  Project, // .srt/ in or above the working directory: who wrote the project
  User,    // ~/.config/srt
  Default  // std/agent.srt, which comes with srt
};

struct Found {
  Choice choice = Choice::Default;
  std::string path;    // of the policy, links resolved
  std::string project; // absolute, links resolved
  std::string cwd;     // as getcwd(3) says
  std::string problem; // not empty: nothing may be run, and why
  std::string hint;
};

/// Looks for `.srt/policy.{srt,yaml,yml,toml,json}` from the working directory
/// upwards, then in the user's folder, then takes the default. The project is
/// the folder that holds `.srt`, else the one with `.git`, else the working
/// directory; for `.git`, never what holds the home unless that is the working
/// directory.
/// A policy, or a `.srt` around it, that others may have written is a problem.
Found discover(const Request &request, const Places &places);

/// "given", "project", "user" or "default".
const char *text(Choice choice);

} // namespace srt::command

#endif
