import { useEffect } from 'react'
import { isFilled, useAsked } from './asked.tsx'
import { useOutdated } from './use-outdated.ts'

/** Lets the browser ask before the page goes, while a household is filled in and not recorded. */
export function useAskBeforeLeaving(): void {
  const { asked, decision } = useAsked()
  const outdated = useOutdated()
  const isKept = decision !== null && !outdated
  const wouldLose = isFilled(asked) && !isKept
  useEffect(() => {
    if (!wouldLose) return
    const ask = (event: Event) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [wouldLose])
}
