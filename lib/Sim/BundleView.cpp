// lib/Sim/BundleView.cpp: checks a bundle as the loader and the kernel do.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Sim/BundleView.h"

#include <cstring>

namespace srt::sim {

static std::vector<BpfInsn> insnsOf(const srt_view &view,
                                    const srt_program &program) {
  std::vector<BpfInsn> insns(program.count);
  std::memcpy(insns.data(), view.filters + program.offset,
              insns.size() * sizeof(BpfInsn));
  return insns;
}

static bool checkFilters(const srt_view &view, std::string &why) {
  for (uint32_t i = 0; i < view.program_count; ++i)
    if (!checkBpf(insnsOf(view, view.programs[i]), why)) {
      why = "filter " + std::to_string(i) + ": " + why;
      return false;
    }
  return true;
}

std::optional<Bundle> Bundle::open(llvm::StringRef bytes, std::string &why) {
  Bundle bundle;
  bundle.words = std::make_unique<uint64_t[]>(bytes.size() / 8 + 1);
  std::memcpy(bundle.words.get(), bytes.data(), bytes.size());
  srt_reason reason =
      srt_check_bundle(reinterpret_cast<const uint8_t *>(bundle.words.get()),
                       bytes.size(), &bundle.sections);
  if (reason != SRT_OK) {
    why = srt_check_reason(reason);
    return std::nullopt;
  }
  if (!checkFilters(bundle.sections, why))
    return std::nullopt;
  return bundle;
}

std::optional<std::vector<BpfInsn>> Bundle::filterFor(kernel::Arch arch) const {
  for (uint32_t i = 0; i < sections.program_count; ++i)
    if (sections.programs[i].arch == kernel::auditArch(arch))
      return insnsOf(sections, sections.programs[i]);
  return std::nullopt;
}

bool Bundle::lacksMachine(kernel::Arch arch) const {
  // runtime/loader/Target.cpp: a section without a fitting program refuses,
  // even if it is empty.
  return sections.programs && !filterFor(arch);
}

} // namespace srt::sim
