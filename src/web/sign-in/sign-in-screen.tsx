import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { signInWays } from '../api/queries.ts'
import { Screen } from '../shell/screen.tsx'
import { useSession } from '../shell/session.tsx'
import { Fetched, Loading } from '../shell/states.tsx'
import { useWords } from '../words/use-words.ts'
import { handOver, takeAttempt, takeReturned } from './attempt.ts'
import type { Provider } from './provider.ts'
import { SignInFailed, type Trouble } from './sign-in-failed.tsx'
import SignInWays from './sign-in-ways.tsx'
import { useFinish } from './use-finish.ts'

/** Signing in: the ways to do it, or its end when the provider has sent someone back. */
export default function SignInScreen() {
  const { w } = useWords()
  const { back } = useSession()
  const [, go] = useLocation()
  const [returned] = useState(takeReturned)
  return (
    <Screen title={w.signIn.title}>
      <div className="card">
        {returned === null ? (
          <SignInWays done={() => go(back)} />
        ) : (
          <Returned returned={returned} />
        )}
      </div>
    </Screen>
  )
}

function Returned({ returned }: { returned: URLSearchParams }) {
  const query = useQuery(signInWays)
  return (
    <Fetched query={query}>
      {({ provider }) =>
        provider === null ? (
          <Again trouble={{ kind: 'nobodyWaits' }} />
        ) : (
          <Finishing provider={provider} returned={returned} />
        )
      }
    </Fetched>
  )
}

interface FinishingProps {
  readonly provider: Provider
  readonly returned: URLSearchParams
}

/** Goes on with the attempt of this page; or of another tab, which then is signed in instead. */
function Finishing({ provider, returned }: FinishingProps) {
  const { w } = useWords()
  const [, go] = useLocation()
  const [stage, setStage] = useState<'working' | 'handed-over' | Trouble>('working')
  const finish = useFinish()
  const begun = useRef(false)
  useEffect(() => {
    // A code is good once.
    if (begun.current) return
    begun.current = true
    const attempt = takeAttempt()
    const run = async () => {
      if (attempt?.state !== returned.get('state') || attempt === null)
        return setStage((await handOver(returned)) ? 'handed-over' : { kind: 'nobodyWaits' })
      const trouble = await finish(provider, attempt, returned)
      if (trouble === null) go(attempt.back)
      else setStage(trouble)
    }
    void run()
  }, [provider, returned, finish, go])
  if (stage === 'working') return <Loading />
  if (stage === 'handed-over')
    return (
      <p role="status">
        <strong>{w.signIn.handedOver}</strong>
      </p>
    )
  return <Again trouble={stage} />
}

function Again({ trouble }: { trouble: Trouble }) {
  const [, go] = useLocation()
  return (
    <>
      <SignInFailed trouble={trouble} />
      <SignInWays done={() => go('/')} />
    </>
  )
}
