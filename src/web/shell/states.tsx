import { Button, Loader } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { ApiProblem } from '../api/client.ts'
import { useWords } from '../words/use-words.ts'
import { failureText } from './failure-text.ts'
import { Screen } from './screen.tsx'
import { SignInLink } from './sign-in-link.tsx'

/** Shown while something is fetched; said to a screen reader once. */
export function Loading() {
  const { w } = useWords()
  return (
    <p className="row" role="status">
      <Loader size="sm" aria-hidden="true" /> {w.common.loading}
    </p>
  )
}

interface FailedProps {
  readonly error: Error
  readonly again: () => void
  /** What somebody just asked for: focus goes to what became of it, and it is in view. */
  readonly takesFocus?: boolean
}

/** Says what went wrong and what to do. */
export function Failed({ error, again, takesFocus = false }: FailedProps) {
  const { w } = useWords()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (takesFocus) box.current?.focus()
  }, [takesFocus])
  if (isSignedOut(error))
    return (
      <div className="card" role="alert" tabIndex={-1} ref={box}>
        <h2>{w.signIn.needed}</h2>
        <p>{w.signIn.neededHelp}</p>
        <SignInLink />
      </div>
    )
  return (
    <div className="card" role="alert" tabIndex={-1} ref={box}>
      <h2>{w.common.failed}</h2>
      <p>{failureText(error, w)}</p>
      <p>{w.common.failedHelp}</p>
      <Button onClick={again}>{w.common.again}</Button>
    </div>
  )
}

/** Says that a file of the pages did not come, or that what it held broke. */
export function NotLoaded({ again }: { again: () => void }) {
  const { w } = useWords()
  return (
    <div className="card" role="alert">
      <h2>{w.common.notLoaded}</h2>
      <p>{w.common.notLoadedHelp}</p>
      <div className="row">
        <Button onClick={again}>{w.common.again}</Button>
        <Button variant="default" onClick={() => location.reload()}>
          {w.common.reload}
        </Button>
      </div>
    </div>
  )
}

/** Stands in for a screen that cannot be shown. */
export function BrokenScreen({ again }: { again: () => void }) {
  const { w } = useWords()
  return (
    <Screen title={w.name}>
      <NotLoaded again={again} />
    </Screen>
  )
}

const isSignedOut = (error: Error) =>
  error instanceof ApiProblem && error.problem.code === 'unauthenticated'

/** Says that there is nothing here and what to do about it. */
export function Empty({ title, help, children }: EmptyProps) {
  return (
    <div className="card">
      <h2>{title}</h2>
      <p>{help}</p>
      {children}
    </div>
  )
}
interface EmptyProps {
  readonly title: string
  readonly help: string
  readonly children?: React.ReactNode
}

/** What was fetched, or how it stands with it. */
export function Fetched<T>({ query, children }: FetchedProps<T>) {
  if (query.data !== undefined) return children(query.data)
  if (query.error !== null) return <Failed error={query.error} again={() => void query.refetch()} />
  return <Loading />
}
interface FetchedProps<T> {
  readonly query: UseQueryResult<T, Error>
  readonly children: (data: T) => React.ReactNode
}
