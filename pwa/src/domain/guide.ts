// Looking something up in the guide: by words of any language of the programme, without accents, and by service.
import type { Catalogue, Provider } from "../generated/contract";

/** A text as it is compared: small letters without accents, vowel signs or stretching. */
export function folded(text: string): string {
  return text.normalize("NFKD").replace(/[\p{M}\u0640]/gu, "").toLowerCase();
}

/** Whether every word that was typed stands somewhere in the texts. */
export function matches(typed: string, texts: readonly string[]): boolean {
  const all = folded(texts.join("\n"));
  return folded(typed)
    .split(/\s+/u)
    .every((word) => all.includes(word));
}

/** Providers in use, in the catalogue's order, that offer a service. */
export function offering(catalogue: Catalogue, service: string): Provider[] {
  return catalogue.providers.filter((one) => one.retired !== true && one.services.includes(service));
}

/** What a provider is found by: name, services, address and notes, in every language. */
function textsOf({ label, services, address = {}, notes = {} }: Provider, catalogue: Catalogue): string[] {
  const offered = catalogue.services.filter((one) => services.includes(one.code)).map((one) => one.label);
  return [label, address, notes, ...offered].flatMap((texts) => Object.values(texts));
}

/** Providers in use that are meant by what was typed, of a service if one is chosen. */
export function findProviders(catalogue: Catalogue, typed: string, service: string | undefined): Provider[] {
  return catalogue.providers
    .filter((one) => one.retired !== true && (service === undefined || one.services.includes(service)))
    .filter((one) => matches(typed, textsOf(one, catalogue)));
}

/** Services in use that a provider offers, to filter by. */
export function offeredServices(catalogue: Catalogue): Catalogue["services"] {
  return catalogue.services.filter((one) => one.retired !== true && offering(catalogue, one.code).length > 0);
}
