// tools/srt-more/Doctor.h: what this machine can enforce.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_MORE_DOCTOR_H
#define SRT_TOOLS_SRT_MORE_DOCTOR_H

#include "tools/srt-more/Compile.h"

namespace srt::command {

enum class Health { Fine, Weak, Missing };

/// One thing that was looked at.
struct Finding {
  std::string id; // stable, for machines: "landlock"
  Health health = Health::Fine;
  std::string what;
  std::string change; // what to do about it; empty: nothing
};

/// What the kernel and its settings can do.
std::vector<Finding> examineKernel();

/// Whether srt's own parts and folders are there, and a command can be run.
std::vector<Finding> examineInstallation(const Job &job);

/// "fine", "weak" or "missing".
const char *text(Health health);

} // namespace srt::command

#endif
