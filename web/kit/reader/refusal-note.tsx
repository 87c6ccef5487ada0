import { agentWords } from '../../../src/field/agent/contract.ts';
import { useName } from '../words/language.ts';
import { AgentRefusal } from './agent-line.ts';

/** Why something was not done at the reader, and what to do; what the agent has no words for is shown as it is. */
export function RefusalNote({ fault }: { fault: Error }) {
  const name = useName();
  return (
    <p className="reader-refusal" role="alert">
      {fault instanceof AgentRefusal ? name(agentWords[fault.code]) : fault.message}
    </p>
  );
}
