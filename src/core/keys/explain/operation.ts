import type { Trace, TracedValue } from '../trace.ts';
import type { Explained, Match, Operation, Parameter, Step, Values, Words } from './contract.ts';
import { type Given, readValues } from './given.ts';
import { recorder, shown } from './recorder.ts';
import { searchNeighbours } from './search.ts';
import type { Vary } from './variation.ts';

/** How one operation is written down. */
export type Definition = {
  readonly name: Words;
  readonly parameters: readonly Parameter[];
  /** The computation; refuses by throwing what `given` throws or a `LaboratoryRefusal` of its own. */
  run(given: Given, trace?: Trace): TracedValue;
  /** Along what the search looks; one axis for each entry unless an entry names several. */
  readonly neighbours: readonly Vary[];
  /** Values with the random part that `expected` shows, for results that differ every time; null when it does not fit. */
  completed?(given: Given, values: Values, expected: string): Values | null;
};

export type Runnable = Definition & { explain(values: Values): Explained };

export function operation(definition: Definition): Operation {
  const explain = (values: Values): Explained => {
    const steps: Step[] = [];
    const result = shown(definition.run(readValues(definition.parameters, values), recorder(steps)));
    return { result, steps };
  };
  return {
    name: definition.name,
    parameters: definition.parameters,
    explain,
    search(values: Values, expected: string): readonly Match[] {
      // What is badly written is refused; what merely does not fit together may have a neighbour that does.
      readValues(definition.parameters, values);
      return searchNeighbours({ ...definition, explain }, values, expected);
    },
  };
}
