import { Component, type ComponentType, createElement, type JSX } from 'preact';

/**
 * The same component, rendered again only for other props (and, as any component, for a signal that it reads): for lists of which little changes at
 * a time. (preact/compat has one too, with a good deal more.)
 */
export function memo<P extends object>(inner: ComponentType<P>): ComponentType<P> {
  return class Memo extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      const before: object = this.props;
      const entries = Object.entries(next);
      return (
        entries.length !== Object.keys(before).length ||
        entries.some(([prop, value]) => Reflect.get(before, prop) !== value)
      );
    }

    render(props: P): JSX.Element {
      return createElement(inner, props);
    }
  };
}
