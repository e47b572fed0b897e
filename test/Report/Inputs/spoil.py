# test/Report/Inputs/spoil.py: a report with everything wrong that the browser test looks for.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: spoil.py PAGE.html SPOILT.html
import re
import sys

text = open(sys.argv[1], encoding="utf-8").read()
text = re.sub(r'<meta http-equiv="Content-Security-Policy".*?>', "", text)
text = text.replace("</style>", ".note { color: #777; background: #888; } h1 { width: 2000px; }</style>")
text = text.replace("each.open = isOpen;", "each.open = true;")
text = text.replace("<h1>", '<button type="button">dead</button><img src="/no-such-picture.png" alt=""><h1>')
open(sys.argv[2], "w", encoding="utf-8").write(text)
