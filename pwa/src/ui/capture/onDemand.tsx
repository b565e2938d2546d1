// Parts that the path to a contact does not need: their code is loaded when they are first drawn. The service worker holds it.
import { signal } from "@preact/signals";
import { createElement, type ComponentType, type JSX } from "preact";
import { useEffect } from "preact/hooks";

const AGAIN_MS = 3_000;

/** A component that draws nothing until its code is there. Without a network, and before the worker holds it, it tries again. */
export function onDemand<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const part = signal<ComponentType<P> | undefined>(undefined);
  const fetch = async (): Promise<void> => {
    part.value = await load().catch(() => undefined);
  };
  return function OnDemand(props: P): JSX.Element | null {
    useEffect(() => {
      if (part.value !== undefined) return undefined;
      void fetch();
      const timer = setInterval(() => {
        if (part.value === undefined) void fetch();
        else clearInterval(timer);
      }, AGAIN_MS);
      return () => clearInterval(timer);
    }, []);
    return part.value === undefined ? null : createElement(part.value, props);
  };
}
