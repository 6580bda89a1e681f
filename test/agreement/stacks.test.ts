// Where there is a CLI; `npm run agreement` takes every shipped stack, and says what to do without a CLI.
import { clouds } from "../../components/cloud";
import { engines } from "../engines";
import { agreeOn } from "./stacks";

if (engines["pulumi"]) for (const cloud of clouds) agreeOn("dev", cloud);
