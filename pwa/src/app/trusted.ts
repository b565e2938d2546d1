// The one Trusted Types policy, named `rounds`: the only script address that it lets through is the service worker's.

interface Policy {
  createScriptURL: (url: string) => string;
}

interface PolicyFactory {
  createPolicy: (name: string, rules: Policy) => Policy;
}

const RULES: Policy = {
  createScriptURL(url) {
    if (url !== "/sw.js") throw new TypeError("not a script of this app");
    return url;
  },
};

function factory(): PolicyFactory | undefined {
  return (window as unknown as { trustedTypes?: PolicyFactory }).trustedTypes;
}

/** The policy; browsers without Trusted Types get plain strings. */
export const policy: Policy = factory()?.createPolicy("rounds", RULES) ?? RULES;
