import { useEffect, useRef } from 'react'
import { useWords } from '../words/use-words.ts'
import { scrollToPlace } from './places.ts'

/**
 * A screen: names the browser's window after it and moves focus to its heading when it opens; going
 * back finds the place where it was left.
 */
export function Screen({ title, children }: { title: string; children: React.ReactNode }) {
  const { w } = useWords()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · ${w.name}`
  }, [title, w.name])
  useEffect(() => {
    if (moved) heading.current?.focus({ preventScroll: true })
    moved = true
    return scrollToPlace()
  }, [])
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </>
  )
}

/** The first screen leaves focus where the browser puts it: at the skip link. */
let moved = false
