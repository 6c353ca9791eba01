# One statement of setkey. Which words are reserved, and when, is the scanner's business (lexer.ts).
#
# Rules whose names begin with "wider" hold what only the default face takes: ipsec-tools answers with a syntax error.
# The grammar for `compat: "ipsec-tools"` is this one without them.

@preprocessor typescript
@lexer lexer

@{%
import * as node from "./nodes.ts";
// Each %name is a type of token; the scanner itself is handed to each parser.
const lexer = { has: () => true };
%}

statement ->
    saCommand flags endpoint endpoint protocol spi options algorithms ";"  {% node.keyedSa %}
  | plainSaCommand flags endpoint endpoint protocol spi options ";"        {% node.plainSa %}
  | "deleteall" flags bareEndpoint bareEndpoint protocol ";"               {% node.deleteAll %}
  | sadCommand protocol ";"                                                {% node.sad %}
  | spdCommand spdFlags range range upper context policy ";"               {% node.spd %}
  | taggedCommand "tagged" tag policy ";"                                  {% node.tagged %}
  | bareCommand ";"                                                        {% node.bare %}

saCommand      -> "add" {% id %} | widerSaCommand {% id %}
widerSaCommand -> "update" {% id %}

plainSaCommand      -> "get" {% id %} | "delete" {% id %} | widerPlainSaCommand {% id %}
widerPlainSaCommand -> "getspi" {% id %}

sadCommand    -> "flush" {% id %} | "dump" {% id %}
spdCommand    -> "spdadd" {% id %} | "spdupdate" {% id %} | "spddelete" {% id %}
taggedCommand -> "spdadd" {% id %} | "spdupdate" {% id %}
bareCommand   -> "spddump" {% id %} | "spdflush" {% id %} | "exit" {% id %} | "quit" {% id %} | "bye" {% id %}

flags -> null                 {% node.none %}
       | flags %addressFlags  {% node.linked %}

spdFlags -> null                  {% node.none %}
          | spdFlags spdFlag      {% node.linked %}
spdFlag  -> %addressFlags         {% node.addressFlag %}
          | widerSpdFlag          {% id %}
widerSpdFlag -> "-mark" marking   {% node.markOption %}
              | "-if_id" count    {% node.countOption %}

# Addresses

endpoint     -> address port         {% node.endpoint %}
bareEndpoint -> address              {% node.endpoint %}
range        -> address prefix port  {% node.range %}

address      -> %string           {% node.word %}
prefix       -> null              {% node.none %}
              | "/" prefixLength  {% node.second %}
prefixLength -> %decimal          {% node.word %}
port         -> null              {% node.none %}
              | "[" portName "]"  {% node.second %}
portName     -> "any" {% node.word %} | %decimal {% node.word %} | %string {% node.word %}

# SAs

protocol -> null                         {% node.noProtocol %}
          | %protocol                    {% node.protocol %}
          | "esp-udp"                    {% node.protocol %}
          | "esp-udp" originalAddress    {% node.protocol %}
originalAddress -> %string               {% node.word %}

spi -> %decimal {% node.word %} | %hex {% node.word %}

options -> null            {% node.none %}
         | options option  {% node.linked %}

option -> "-m" mode                {% node.modeOption %}
        | %numberFlag number       {% node.numberOption %}
        | "-f" padding             {% node.flagOption %}
        | securityContext          {% node.securityContextOption %}
        | widerOption              {% id %}
widerOption -> "-natt" natEnd natEnd    {% node.natTOption %}
             | "-natt_mtu" number       {% node.numberOption %}
             | "-esn"                   {% node.esnOption %}
             | "-hwif" interface           {% node.hardwareInterfaceOption %}
             | "-hwif" interface "packet"  {% node.hardwareInterfaceOption %}
             | "-mark" marking             {% node.markOption %}
             | "-output-mark" marking      {% node.markOption %}
             | "-if_id" count              {% node.countOption %}
             | "-dir" direction            {% node.directionOption %}
             | "-sel" range range upper    {% node.selectorOption %}

mode      -> "transport" {% node.word %} | "tunnel" {% node.word %} | "any" {% node.word %}
number    -> %decimal {% node.word %}
padding   -> "zero-pad" {% node.word %} | "random-pad" {% node.word %} | "seq-pad" {% node.word %}
           | "nocyclic-seq" {% node.word %}
natEnd    -> address "[" natPort "]" {% node.natEnd %}
natPort   -> %decimal {% node.word %}
interface -> %string {% node.word %}
count     -> %decimal {% node.word %} | %hex {% node.word %}
marking   -> count {% node.marking %} | count "/" markMask {% node.marking %}
markMask  -> %decimal {% node.word %} | %hex {% node.word %}
direction -> "in" {% node.word %} | "out" {% node.word %}

securityContext -> "-ctx" doi contextAlgorithm contextText {% node.securityContext %}
doi              -> %decimal {% node.word %}
contextAlgorithm -> %decimal {% node.word %}
contextText      -> %quoted {% node.word %}

# Algorithms

algorithms -> cipher                {% node.algorithms %}
            | cipher authenticator  {% node.algorithms %}
            | authenticator         {% node.algorithms %}
            | compressor            {% node.algorithms %}

cipher -> "-E" encryption key  {% node.cipher %}
        | "-E" keyless         {% node.cipher %}
        | widerCipher          {% id %}
widerCipher -> "-E" nullName key {% node.cipher %}

encryption -> %encryption {% node.word %}
keyless    -> nullName {% id %} | "simple" {% node.word %}
nullName   -> "null" {% node.word %}

authenticator  -> "-A" authentication key       {% node.authenticator %}
                | "-A" nullAuthentication       {% node.authenticator %}
authentication     -> %authentication {% node.word %}
nullAuthentication -> "null" {% node.word %}

compressor  -> "-C" compression       {% node.compressor %}
             | "-C" compression "-R"  {% node.compressor %}
compression -> "oui" {% node.word %} | "deflate" {% node.word %} | "lzs" {% node.word %}

key      -> %quoted {% node.quotedKey %} | %hex {% node.hexKey %} | widerKey {% id %}
widerKey -> %bareHex {% node.bareHexKey %}

# Policies

upper         -> upperProtocol              {% node.upper %}
               | upperProtocol upperDetail  {% node.upper %}
upperProtocol -> %decimal {% node.word %} | "any" {% node.word %} | "tcp" {% node.word %} | %string {% node.word %}
               | widerUpper {% id %}
widerUpper    -> "esp" {% node.word %} | "ah" {% node.word %} | "ipcomp" {% node.word %}
upperDetail   -> %string {% node.word %} | widerDetail {% id %}
widerDetail   -> %decimal {% node.word %}

context -> null {% node.none %} | securityContext {% id %}

tag        -> %quoted {% node.word %}
policy     -> "-P" policyText {% node.second %}
policyText -> %policy {% node.word %}
