import { Button } from '@mantine/core'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { useAsked } from '../household/asked.tsx'
import { useSession } from '../shell/session.tsx'
import { Loading } from '../shell/states.tsx'
import { useWords } from '../words/use-words.ts'
import { type Attempt, awaitReturn, keepAttempt } from './attempt.ts'
import type { Provider } from './provider.ts'
import { SignInFailed, type Trouble } from './sign-in-failed.tsx'
import { useFinish } from './use-finish.ts'

interface WayProps {
  readonly provider: Provider
  readonly done: () => void
}

type Stage =
  | { readonly kind: 'preparing' }
  | { readonly kind: 'ready'; readonly attempt: Attempt; readonly address: string }
  | { readonly kind: 'failed'; readonly trouble: Trouble }

/** A link to the provider: in another tab where leaving this page would lose what was typed. */
export function ProviderWay({ provider, done }: WayProps) {
  const { w } = useWords()
  const { touched } = useAsked()
  const { expired, back } = useSession()
  const [here] = useLocation()
  const [stage, setStage] = useState<Stage>({ kind: 'preparing' })
  const finish = useFinish()
  const goOn = useRef(done)
  goOn.current = done
  const keepsPage = touched || expired
  const home = here === '/sign-in' ? back : here
  const prepare = useCallback(async () => {
    setStage({ kind: 'preparing' })
    const { prepareSignIn } = await import('./provider.ts')
    try {
      const ready = await prepareSignIn(provider, home)
      setStage({ kind: 'ready', ...ready })
      const goOnWith = async (returned: URLSearchParams) => {
        const trouble = await finish(provider, ready.attempt, returned)
        if (trouble === null) goOn.current()
        else setStage({ kind: 'failed', trouble })
      }
      awaitReturn(ready.attempt, (returned) => void goOnWith(returned))
    } catch {
      setStage({ kind: 'failed', trouble: { kind: 'away' } })
    }
  }, [provider, home, finish])
  useEffect(() => {
    void prepare()
  }, [prepare])
  useEffect(
    () => () => {
      // Who has gone to another screen stays there.
      goOn.current = () => {}
    },
    [],
  )

  if (stage.kind === 'preparing') return <Loading />
  const host = new URL(provider.issuer).host
  if (stage.kind === 'failed')
    return (
      <>
        <SignInFailed trouble={stage.trouble} />
        <Button onClick={() => void prepare()}>{w.signIn.startAgain}</Button>
      </>
    )
  const otherTab = { target: '_blank', rel: 'noopener' }
  return (
    <>
      <p>{keepsPage ? w.signIn.otherTabHelp(host) : w.signIn.providerHelp(host)}</p>
      <Button
        component="a"
        href={stage.address}
        {...(keepsPage ? otherTab : { onClick: () => keepAttempt(stage.attempt) })}
        mb="sm"
      >
        {keepsPage ? w.signIn.otherTab : w.signIn.provider}
      </Button>
    </>
  )
}
