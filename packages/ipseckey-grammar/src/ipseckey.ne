# One command of ipseckey.
#
# What a word is depends on where it stands (after `dst` even `spi` is the name of a host), so the classifier (classify.ts)
# says it, and also says where a value is missing: every run of words is a command here, and what is wrong with it is found in the tree.

@preprocessor typescript
@lexer lexer

@{%
import * as node from "./nodes.ts";
// Each %name is a type of token; the classifier itself is handed to each parser.
const lexer = { has: () => true };
%}

command ->
    %saVerb saType attributes       {% node.saCommand %}
  | %typeVerb saType surplus        {% node.typeCommand %}
  | %saveVerb saType file surplus   {% node.saveCommand %}
  | %loadVerb file surplus          {% node.loadCommand %}
  | %helpVerb topic surplus         {% node.helpCommand %}
  | %bareVerb surplus               {% node.bareCommand %}
  | %unknownVerb saType surplus     {% node.unknownCommand %}

saType -> null {% node.none %} | %saType {% id %}
file   -> null {% node.none %} | %file {% id %}
topic  -> null {% node.none %} | %topic {% id %}

attributes -> null                  {% node.none %}
            | attributes attribute  {% node.linked %}

attribute ->
    %number value            {% node.attribute %}
  | %state value             {% node.attribute %}
  | %algorithm value         {% node.attribute %}
  | %address value           {% node.attribute %}
  | %key value               {% node.attribute %}
  | %identity value value    {% node.attribute %}
  | %text value              {% node.attribute %}
  | %nothing                 {% node.attribute %}
  | %rejected surplus        {% node.refusedAttribute %}
  | %unknown surplus         {% node.refusedAttribute %}

value -> %value {% id %} | %missing {% id %}

# Words that belong to nothing
surplus -> null              {% node.none %}
         | surplus %surplus  {% node.surplus %}
