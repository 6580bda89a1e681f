// How azure-native's types are called; those that every other one asks for.

export const token = (name: string): string => `azure-native:${name}`;
export const resourceGroup = token("resources:ResourceGroup");
export const lock = token("authorization:ManagementLockByScope");
