// lib/Driver/Listings.cpp: the backends' output as text.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Driver/Listings.h"

#include "lib/Analysis/Places.h"
#include "lib/Backend/SeccompFilter.h"
#include "lib/Kernel/BpfText.h"
#include "lib/Kernel/Landlock.h"

#include "llvm/Support/Format.h"

namespace srt {

void listLandlock(llvm::raw_ostream &out, const ir::Plan &plan) {
  out << "# Landlock ABI " << plan.landlockAbi << '\n'
      << "handled fs " << kernel::fsRightsText(plan.handledFs) << '\n'
      << "handled net " << kernel::netRightsText(plan.handledNet) << '\n'
      << "scoped " << kernel::scopesText(plan.scoped) << '\n';
  for (const ir::RootGrant &root : plan.roots)
    out << "path \"" << textOf(root.place, plan.policy.params) << "\" "
        << kernel::fsRightsText(root.rights) << '\n';
  for (const ir::CommandGrant &command : plan.commands)
    out << "command \"" << command.name << "\" "
        << kernel::fsRightsText(command.rights) << '\n';
  for (const ir::PortGrant &port : plan.ports)
    out << "port " << port.port << ' ' << kernel::netRightsText(port.rights)
        << '\n';
}

llvm::Error listFilters(llvm::raw_ostream &out, const ir::Plan &plan,
                        backend::Generator generator) {
  for (kernel::Arch arch : plan.archs) {
    llvm::Expected<std::vector<backend::Instruction>> program =
        backend::emitSeccomp(plan, arch, generator);
    if (!program)
      return program.takeError();
    out << "# " << kernel::archName(arch) << ", " << program->size()
        << " instructions\n";
    for (size_t i = 0; i < program->size(); ++i) {
      const backend::Instruction &insn = (*program)[i];
      out << llvm::format_decimal(i, 4) << ": "
          << kernel::bpfText({insn.code, insn.jt, insn.jf, insn.k}) << '\n';
    }
  }
  return llvm::Error::success();
}

} // namespace srt
