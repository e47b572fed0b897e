# test/Workloads/Inputs/modules.py: many small files in the shape of packages.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: modules.py FOLDER [PACKAGES]
import os
import sys

for module in range(int(sys.argv[2]) if len(sys.argv) > 2 else 40):
    for folder in ("", "lib", "lib/deep", "libtest"):
        path = os.path.join(sys.argv[1], f"m{module}", folder)
        os.makedirs(path)
        for number in range(6):
            with open(os.path.join(path, f"f{number}.js"), "w", encoding="ascii") as file:
                file.write(f"m{module} {number}\n" * (1 + number * 7))
    bin_folder = os.path.join(sys.argv[1], ".bin")
    os.makedirs(bin_folder, exist_ok=True)
    os.symlink(f"../m{module}/f1.js", os.path.join(bin_folder, f"m{module}"))
