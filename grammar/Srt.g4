// grammar/Srt.g4: the surface of the policy language.
// SPDX-License-Identifier: Apache-2.0
//
// What stands inside quotes (paths, endpoints, commands) is read by lib/Parse,
// for its errors need positions inside the text. The lexer accepts any bytes:
// what has no meaning becomes a token of its own, reported before parsing.
grammar Srt;

file : importDecl* policyDecl* EOF ;

importDecl : 'import' TEXT ';' ;

policyDecl : 'policy' name ('extends' name (',' name)*)? block ;

block : '{' statement* '}' ;

statement
  : paramDecl
  | accessRule
  | envRule
  | limitRule
  | scopeBlock
  | onBlock
  | testBlock
  ;

paramDecl : 'param' name ':' name ('=' paramValue)? ';' ;

paramValue
  : name '(' TEXT ')'
  | literal
  ;

accessRule
  : 'sealed'? effect actions literal (',' literal)*
    ('except' literal (',' literal)*)? ';'
  ;

effect : 'allow' | 'deny' | 'ask' ;

actions : name (',' name)* ;

literal : TEXT | NUMBER | GROUP | name ;

envRule
  : ('pass' | 'unset') 'env' TEXT (',' TEXT)* ';'
  | 'set' 'env' TEXT '=' TEXT ';'
  ;

limitRule : 'limit' limitItem (',' limitItem)* ';' ;

limitItem : name (NUMBER | TEXT) ;

scopeBlock : 'scope' name TEXT block ;

onBlock : 'on' name block ;

testBlock : 'test' TEXT '{' testLine* '}' ;

testLine : effect name literal (',' literal)* ';' ;

// Words that begin a statement stay usable as names of params and policies.
name
  : NAME
  | 'import' | 'policy' | 'extends' | 'param' | 'sealed' | 'allow' | 'deny'
  | 'ask' | 'except' | 'pass' | 'unset' | 'set' | 'env' | 'limit' | 'scope'
  | 'on' | 'test'
  ;

NAME : [A-Za-z_] [A-Za-z0-9_\-]* ('.' [A-Za-z0-9_\-]+)* ;
GROUP : '@' [A-Za-z0-9_\-]* ;
NUMBER : [0-9] [A-Za-z0-9_.]* ;
TEXT : '"' (~["\\\r\n] | '\\' ~[\r\n])* '"' ;

COMMENT : '//' ~[\r\n]* -> channel(HIDDEN) ;
BLOCK_COMMENT : '/*' .*? '*/' -> channel(HIDDEN) ;
SPACE : [ \t\r\n]+ -> skip ;

UNCLOSED_TEXT : '"' (~["\\\r\n] | '\\' ~[\r\n])* ;
UNCLOSED_COMMENT : '/*' (~'*' | '*'+ ~[*/])* '*'* ;
STRAY : . ;
