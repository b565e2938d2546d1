// A translation file as a module: `scripts/texts/plugin.ts` makes it so.
declare module "*.po" {
  const messages: Readonly<Record<string, import("./message").Message>>;
  export default messages;
}
