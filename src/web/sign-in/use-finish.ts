import { useCallback } from 'react'
import { checkToken } from '../api/decisions.ts'
import { useSession } from '../shell/session.tsx'
import { useWords } from '../words/use-words.ts'
import type { Attempt } from './attempt.ts'
import type { Provider } from './provider.ts'
import type { Trouble } from './sign-in-failed.tsx'

/** Signs in with what the provider sent back; resolves with the trouble, or null when all is well. */
export function useFinish() {
  const { language } = useWords()
  const { signIn } = useSession()
  return useCallback(
    async (
      provider: Provider,
      attempt: Attempt,
      returned: URLSearchParams,
    ): Promise<Trouble | null> => {
      const { finishSignIn, failureOf } = await import('./provider.ts')
      try {
        const signed = await finishSignIn(provider, attempt, returned)
        const state = await checkToken(signed.token, language)
        if (state === 'refused') return { kind: 'notAccepted' }
        if (state === 'failed') return { kind: 'service' }
        signIn(signed)
        return null
      } catch (error) {
        return failureOf(error)
      }
    },
    [language, signIn],
  )
}
