# The text after -P: the language of ipsec_set_policy(3). Rules named "wider..." are for the default face only.
#
# Only what is right is in the grammar. What libipsec says of the rest depends on where a text stops being right:
# policy-problem.ts knows some of these rules by name.

@preprocessor typescript
@lexer lexer

@{%
import * as node from "./policy-nodes.ts";
// Each %name is a type of token; the scanner itself is handed to each parser.
const lexer = { has: () => true };
%}

policy -> direction                        {% node.directionOnly %}
        | direction priority action rules  {% node.policy %}

direction -> "in" {% node.text %} | "out" {% node.text %} | "fwd" {% node.text %}
action    -> "discard" {% node.text %} | "none" {% node.text %} | "ipsec" {% node.text %}
           | "entrust" {% node.text %} | "bypass" {% node.text %}

# Priorities

priority     -> null                          {% node.noPriority %}
              | priorityWord offset           {% node.aboveMiddle %}
              | priorityWord "-" offset       {% node.belowMiddle %}
              | priorityWord base             {% node.atBase %}
              | priorityWord base sign offset {% node.fromBase %}
priorityWord -> "priority" | "prio"
base         -> "low" {% id %} | "def" {% id %} | "high" {% id %}
sign         -> "+" {% node.text %} | "-" {% node.text %}
offset       -> %decimal {% id %}

# Rules

rules -> null        {% node.noRules %}
       | rules rule  {% node.moreRules %}

rule -> protocol beforeMode transport                            {% node.transportRule %}
      | protocol beforeMode transport "/" ends                   {% node.transportRule %}
      | protocol beforeMode transport "/" ends "/" level         {% node.transportRule %}
      | protocol beforeMode tunnel beforeEnds addresses          {% node.tunnelRule %}
      | protocol beforeMode tunnel beforeEnds addresses "/" level {% node.tunnelRule %}

protocol      -> "esp" {% node.text %} | "ah" {% node.text %} | "ipcomp" {% node.text %} | widerProtocol {% id %}
widerProtocol -> "tcp" {% node.text %}
beforeMode    -> "/"
transport     -> "transport"
tunnel        -> "tunnel"
beforeEnds    -> "/"

ends -> null            {% node.noEnds %}
      | "me" "-" "any"  {% node.noEnds %}
      | "any" "-" "me"  {% node.noEnds %}
      | addresses       {% id %}

addresses    -> firstAddress "-" lastAddress            {% node.addresses %}
              | firstAddress port "-" lastAddress port  {% node.addressesWithPorts %}
firstAddress -> %address          {% node.address %}
lastAddress  -> %address          {% node.address %}
port         -> "[" portName "]"  {% node.port %}
portName     -> %decimal {% node.text %} | "any" {% node.text %} | %address {% node.text %}

level -> null       {% node.defaultLevel %}
       | "default" {% node.level %} | "use" {% node.level %} | "require" {% node.level %} | "unique" {% node.level %}
       | %unique   {% node.numberedLevel %}
