" editors/vim/syntax/srtpolicy.vim: the words of policies.
" SPDX-License-Identifier: Apache-2.0
if exists('b:current_syntax')
  finish
endif
syntax case match
" Dots and dashes are parts of words: read.data, open-files.
syntax iskeyword @,48-57,_,.,-

syntax keyword srtInclude import extends
syntax keyword srtStructure policy param
syntax keyword srtDeny deny sealed
syntax keyword srtAllow allow ask
syntax keyword srtStatement except pass unset set env limit scope on test
syntax keyword srtAction read read.data read.list read.metadata
syntax keyword srtAction write write.data write.create write.delete write.rename write.link
syntax keyword srtAction write.metadata write.special
syntax keyword srtAction exec connect bind send ioctl signal trace syscall mach sysctl iokit
syntax keyword srtConstant memory processes open-files cpu file-size core-size stack
syntax keyword srtConstant tool dir repo linux macos self sandbox all cwd
" Types are types behind a colon only: `name` and `path` are names elsewhere.
syntax match srtType /:\s*\zs\%(path\|endpoint\|host\|port\|command\|name\|syscall\|size\|duration\)\>/
syntax match srtNumber /\<\d\k*\>/
syntax match srtGroup /@[A-Za-z0-9_-]*/

syntax match srtEscape /\\./ contained
syntax match srtParam /\${[^}"]*}/ contained
syntax match srtHome /"\@1<=[~.]\ze[\/"]/ contained
syntax match srtWildcard /\*\*\|\*\|?/ contained
syntax region srtText start=/"/ skip=/\\./ end=/"\|$/ oneline
      \ contains=srtEscape,srtParam,srtHome,srtWildcard
syntax match srtComment /\/\/.*$/ contains=@Spell
syntax region srtComment start=/\/\*/ end=/\*\// contains=@Spell

highlight default link srtInclude Include
highlight default link srtStructure Structure
highlight default link srtDeny Exception
highlight default link srtAllow Statement
highlight default link srtStatement Keyword
highlight default link srtAction Function
highlight default link srtConstant Constant
highlight default link srtType Type
highlight default link srtNumber Number
highlight default link srtGroup Constant
highlight default link srtEscape SpecialChar
highlight default link srtParam Identifier
highlight default link srtHome Identifier
highlight default link srtWildcard Special
highlight default link srtText String
highlight default link srtComment Comment

let b:current_syntax = 'srtpolicy'
