// English texts of the console, by part.
import account from "./console/account";
import catalogue from "./console/catalogue";
import common from "./console/common";
import copy from "./console/copy";
import definitions from "./console/definitions";
import held from "./console/held";
import icons from "./console/icons";
import indicators from "./console/indicators";
import kinds from "./console/kinds";
import problems from "./console/problems";
import setup from "./console/setup";
import team from "./console/team";
import work from "./console/work";

export default { ...account, ...common, ...copy, ...problems, ...kinds, ...team, ...held, ...indicators, ...definitions, ...setup, ...work, ...catalogue, ...icons };
