import { Component } from 'react'

interface GuardedProps {
  /** Shown in place of what broke. */
  readonly instead: (again: () => void) => React.ReactNode
  /** What has to be done before it is tried again. */
  readonly renew?: () => void
  readonly children: React.ReactNode
}

/** Keeps a fault inside: what broke is replaced, everything around it stays. */
export class Guarded extends Component<GuardedProps, { readonly broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override render() {
    const { instead, renew, children } = this.props
    if (!this.state.broken) return children
    return instead(() => {
      renew?.()
      this.setState({ broken: false })
    })
  }
}
