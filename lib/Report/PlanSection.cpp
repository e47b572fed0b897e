// lib/Report/PlanSection.cpp: what the kernel, the loader and the broker are told.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Report/Sections.h"

#include "lib/Analysis/Places.h"
#include "lib/Kernel/Landlock.h"

namespace srt::report {

namespace {
class PlanWriter {
public:
  PlanWriter(Page &page, const ir::Plan &plan)
      : page(page), html(page.html), plan(plan) {}
  void write();

private:
  void writeSummary();
  void writeRoots();
  void writeOthers();
  void writeMediated();
  /// A folded list of `count` things, of which not all are written.
  void list(llvm::StringRef title, size_t count,
            llvm::function_ref<void(size_t)> item);

  Page &page;
  Html &html;
  const ir::Plan &plan;
};
} // namespace

/// "read-file, read-dir".
static std::string withCommas(llvm::StringRef rights) {
  std::string text;
  for (char each : rights)
    text += each == '|' ? ", " : std::string(1, each);
  return text;
}

void PlanWriter::writeSummary() {
  html.element("p", {}, [&] {
    html.text("Landlock ABI " + std::to_string(plan.landlockAbi) +
              " is the least that enforces it");
    llvm::StringRef release = kernel::firstRelease(plan.landlockAbi);
    if (!release.empty())
      html.text(" (Linux " + release.str() + ")");
    html.text(". It handles ");
    html.element("code", {}, withCommas(kernel::fsRightsText(plan.handledFs)));
    html.text("; of the network ");
    html.element("code", {}, withCommas(kernel::netRightsText(plan.handledNet)));
    html.text("; it confines ");
    html.element("code", {}, withCommas(kernel::scopesText(plan.scoped)));
    html.text(".");
  });
}

void PlanWriter::writeRoots() {
  if (plan.roots.empty())
    return;
  html.element("h3", {}, "Trees that Landlock opens");
  size_t told = std::min(plan.roots.size(), kMaxListed);
  html.element("div", {{"class", "stack"}}, [&] {
    page.table("Roots", {"tree", "rights", "because of"}, [&] {
      for (size_t i = 0; i < told; ++i) {
        const ir::RootGrant &root = plan.roots[i];
        html.element("tr", {{"role", "row"}}, [&] {
          page.cell("tree", [&] {
            html.element("code", {}, textOf(root.place, plan.policy.params));
          });
          page.cell("rights", [&] {
            html.text(withCommas(kernel::fsRightsText(root.rights)));
          });
          page.cell("because of", [&] { page.rule(root.rule); });
        });
      }
    });
  });
  page.leftOut(plan.roots.size() - told, "trees");
}

void PlanWriter::list(llvm::StringRef title, size_t count,
                      llvm::function_ref<void(size_t)> item) {
  if (count == 0)
    return;
  size_t told = std::min(count, kMaxListed);
  html.element("details", {{"class", "calls"}}, [&] {
    html.element("summary", {}, std::to_string(count) + " " + title.str());
    html.element("ul", {{"class", "words"}}, [&] {
      for (size_t i = 0; i < told; ++i)
        html.element("li", {}, [&] { item(i); });
    });
    page.leftOut(count - told, title);
  });
}

void PlanWriter::writeOthers() {
  list("commands looked up on PATH", plan.commands.size(), [&](size_t i) {
    html.element("code", {}, plan.commands[i].name);
    html.text(" " + withCommas(kernel::fsRightsText(plan.commands[i].rights)) +
              " ");
    page.rule(plan.commands[i].rule);
  });
  list("ports", plan.ports.size(), [&](size_t i) {
    html.element("code", {}, std::to_string(plan.ports[i].port));
    html.text(" " + withCommas(kernel::netRightsText(plan.ports[i].rights)) +
              " ");
    page.rule(plan.ports[i].rule);
  });
  list("denied places that the loader compares with the trees",
       plan.forbidden.size(), [&](size_t i) {
         const ir::ForbiddenPlace &denied = plan.forbidden[i];
         auto *place = std::get_if<ir::Place>(&denied.place);
         html.element("code", {},
                      place ? textOf(*place, plan.policy.params)
                            : std::get<std::string>(denied.place));
         html.text(" " + withCommas(kernel::fsRightsText(denied.rights)) + " ");
         page.rule(denied.rule);
       });
  list("rules that are enforced MORE WIDELY than written", plan.accepted.size(),
       [&](size_t i) {
         page.rule(plan.accepted[i].rule);
         html.text(" " + plan.accepted[i].what);
       });
}

void PlanWriter::writeMediated() {
  if (!plan.hasBroker())
    return;
  html.element("p", {}, [&] {
    html.text("A broker runs beside the command and judges ");
    for (ir::ActionId action : plan.mediated) {
      html.element("code", {}, ir::spelling(action));
      html.text(" ");
    }
    if (plan.network)
      html.text(plan.network->unixes ? "and every socket, those of unix too."
                                     : "and every socket of TCP and UDP.");
  });
}

void PlanWriter::write() {
  writeSummary();
  writeMediated();
  writeRoots();
  writeOthers();
}

void writePlan(Page &page) {
  if (page.facts.plan)
    PlanWriter(page, *page.facts.plan).write();
  else
    page.html.element("p", {{"class", "note"}}, [&] {
      page.html.text("On this system a Seatbelt profile carries all: ");
      page.html.element("code", {}, "srtc compile --target=macos");
      page.html.text(" writes it.");
    });
}

} // namespace srt::report
