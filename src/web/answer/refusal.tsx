import { ApiProblem } from '../api/client.ts'
import { useWords } from '../words/use-words.ts'

/** Says why nothing was recorded and what to do; after an ended session the session says it. */
export function Refusal({ error }: { error: Error | null }) {
  const { w } = useWords()
  if (error === null || isSignedOut(error)) return null
  const { refusal } = w.record
  const problem = error instanceof ApiProblem ? error.problem : null
  const advice = problem === null ? refusal.offline : refusal.byCode[problem.code]
  return (
    <div className="summary-errors" role="alert">
      <p>
        <strong>{w.record.notDone}</strong> {advice ?? problem?.detail}
      </p>
      {problem?.errors?.map(({ pointer, message }) => (
        <p key={pointer}>
          <code>{pointer}</code>: {message}
        </p>
      ))}
    </div>
  )
}

/** Whether the service no longer takes the token. */
const isSignedOut = (error: Error) => error instanceof ApiProblem && error.problem.status === 401
