import { ApiProblem } from '../api/client.ts'
import { useWords } from '../words/use-words.ts'
import { SignInLink } from './sign-in-link.tsx'
import { Failed, Loading } from './states.tsx'

interface FetchedByRightProps<T> {
  readonly query: {
    readonly data: T | undefined
    readonly error: Error | null
    readonly refetch: () => unknown
  }
  /** One of these is needed to see it. */
  readonly scopes: string
  readonly children: (data: T) => React.ReactNode
}

/** What was fetched, or how it stands with it: a refusal says what right is needed. */
export function FetchedByRight<T>({ query, scopes, children }: FetchedByRightProps<T>) {
  const { data, error, refetch } = query
  if (data !== undefined) return children(data)
  if (error === null) return <Loading />
  return <Fault error={error} scopes={scopes} again={() => void refetch()} />
}

interface FaultProps {
  readonly error: Error
  readonly scopes: string
  readonly again: () => void
}

/** Why nothing is shown, and what to do about it. */
export function Fault({ error, scopes, again }: FaultProps) {
  const { w } = useWords()
  if (!(error instanceof ApiProblem) || error.problem.code !== 'forbidden')
    return <Failed error={error} again={again} />
  return (
    <div className="card" role="alert">
      <h2>{w.signIn.lacksRight}</h2>
      <p>{w.signIn.rightNeeded(scopes)}</p>
      <SignInLink />
    </div>
  )
}
