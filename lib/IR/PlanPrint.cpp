// lib/IR/PlanPrint.cpp: writes plan text.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/PlanPrint.h"

#include "lib/IR/PatternText.h"
#include "lib/IR/PlaceText.h"
#include "lib/IR/PlanSyscalls.h"
#include "lib/Kernel/Landlock.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::ir {

namespace {
class PlanPrinter {
public:
  PlanPrinter(llvm::raw_ostream &out, const Plan &plan)
      : out(out), plan(plan) {}

  void printHeader();
  void printPolicy(const Sources &sources, Locations locations);
  void printDecisions();
  void printHandled();
  void printMediated();
  void printNetwork();
  void printRoots();
  void printCommands();
  void printPorts();
  void printForbidden();
  void printAccepted();

private:
  std::string shownPlace(const Place &place) const;
  void printGrant(llvm::StringRef rights, RuleId rule);

  llvm::raw_ostream &out;
  const Plan &plan;
};
} // namespace

void PlanPrinter::printHeader() {
  out << "plan target " << plan.target.name << " abi " << plan.landlockAbi
      << " archs [";
  llvm::interleaveComma(plan.archs, out, [&](kernel::Arch arch) {
    out << kernel::archName(arch);
  });
  out << "] {\n";
}

void PlanPrinter::printPolicy(const Sources &sources, Locations locations) {
  std::string text;
  llvm::raw_string_ostream lines(text);
  print(lines, plan.policy, sources, locations);
  // No line of IR text ends inside of quotes, so each may be moved.
  for (llvm::StringRef rest = text; !rest.empty();) {
    auto [line, after] = rest.split('\n');
    out << "  " << line << '\n';
    rest = after;
  }
}

void PlanPrinter::printDecisions() {
  for (uint32_t i = 0; i < plan.decisions.size(); ++i) {
    const Decision &decision = plan.decisions[i];
    out << "  enforce " << ruleName({i});
    for (const auto &[j, mechanism] : llvm::enumerate(decision.mechanisms))
      out << (j == 0 ? " by " : ", ") << spelling(mechanism);
    out << ' ' << spelling(decision.exactness);
    for (const std::string &note : decision.notes)
      out << ' ' << quoted(note);
    // Plans that are written by hand need not say either.
    if (decision.since != Release())
      out << " since linux-" << text(decision.since) << " costs "
          << spelling(decision.cost);
    out << '\n';
  }
}

void PlanPrinter::printHandled() {
  if (plan.handledFs)
    out << "  handled fs " << kernel::fsRightsText(plan.handledFs) << '\n';
  if (plan.handledNet)
    out << "  handled net " << kernel::netRightsText(plan.handledNet) << '\n';
  if (plan.scoped)
    out << "  scoped " << kernel::scopesText(plan.scoped) << '\n';
  if (plan.audit != Audit::Quiet)
    out << "  audit " << spelling(plan.audit) << '\n';
}

void PlanPrinter::printMediated() {
  if (plan.mediated.empty())
    return;
  out << "  mediated ";
  llvm::interleaveComma(plan.mediated, out,
                        [&](ActionId leaf) { out << spelling(leaf); });
  if (plan.mediatedFs)
    out << " rights " << kernel::fsRightsText(plan.mediatedFs);
  out << '\n';
}

void PlanPrinter::printNetwork() {
  if (plan.network)
    out << "  network broker" << (plan.network->names ? " names" : "")
        << (plan.network->unixes ? " unix" : "") << '\n';
}

std::string PlanPrinter::shownPlace(const Place &place) const {
  return '"' + placeText(place, plan.policy.params) + '"';
}

void PlanPrinter::printGrant(llvm::StringRef rights, RuleId rule) {
  out << " rights " << rights << " from " << ruleName(rule) << '\n';
}

void PlanPrinter::printRoots() {
  for (const auto &[i, root] : llvm::enumerate(plan.roots)) {
    out << "  root " << i << ' ' << shownPlace(root.place);
    if (root.beneath)
      out << " beneath " << *root.beneath;
    printGrant(kernel::fsRightsText(root.rights), root.rule);
  }
}

void PlanPrinter::printCommands() {
  for (const CommandGrant &command : plan.commands) {
    out << "  command " << quoted(command.name);
    printGrant(kernel::fsRightsText(command.rights), command.rule);
  }
}

void PlanPrinter::printPorts() {
  for (const PortGrant &port : plan.ports) {
    out << "  port " << port.port;
    printGrant(kernel::netRightsText(port.rights), port.rule);
  }
}

void PlanPrinter::printForbidden() {
  for (const ForbiddenPlace &forbidden : plan.forbidden) {
    if (const Place *place = std::get_if<Place>(&forbidden.place))
      out << "  forbid place " << shownPlace(*place);
    else
      out << "  forbid command " << quoted(std::get<1>(forbidden.place));
    printGrant(kernel::fsRightsText(forbidden.rights), forbidden.rule);
  }
}

void PlanPrinter::printAccepted() {
  for (const AcceptedWider &accepted : plan.accepted)
    out << "  accepted " << ruleName(accepted.rule) << ' '
        << quoted(accepted.what) << '\n';
}

void printPlan(llvm::raw_ostream &out, const Plan &plan, const Sources &sources,
               Locations locations) {
  PlanPrinter printer(out, plan);
  printer.printHeader();
  printer.printPolicy(sources, locations);
  printer.printDecisions();
  printer.printHandled();
  printer.printMediated();
  printer.printNetwork();
  printer.printRoots();
  printer.printCommands();
  printer.printPorts();
  printer.printForbidden();
  printSyscalls(out, plan.syscalls);
  printer.printAccepted();
  out << "}\n";
}

} // namespace srt::ir
