//! What each line of a plan is for.

/// The purpose of one line of the plan. The language files explain each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// `AT`: is anybody there?
    Attention,
    /// `ATI`: which firmware?
    Identity,
    /// `AT+CMEE=1`: say error numbers.
    ErrorNumbers,
    /// `AT+CPIN?`: is the card ready?
    SimState,
    /// `AT+CSQ`: how strong is the signal?
    Signal,
    /// `AT+CEREG?`: does the network have us?
    Registration,
    /// `AT+CGATT?`: may we send data?
    Attach,
    /// `AT+CGPADDR=1`: which address did we get?
    Address,
    /// `AT+MQTTMSGSET=0`: print messages as they arrive.
    DirectMessages,
    /// `AT+MQTTMODE=0`: payloads as text.
    TextMode,
    /// `AT+MQTTSTATU`: is an old session open?
    SessionState,
    /// `AT+MDISCONNECT`: say good-bye to the broker.
    Goodbye,
    /// `AT+MIPCLOSE`: close the TCP link.
    CloseLink,
    /// `AT+MCONFIG`: client id, login, will.
    Config,
    /// `AT+MIPSTART`: open the TCP link.
    OpenLink,
    /// `AT+MCONNECT`: log in at the broker.
    Login,
    /// `AT+MSUB`: subscribe.
    Subscribe,
    /// `AT+MQTTMSGSET=1`: keep messages until they are fetched.
    CachedMessages,
    /// `AT+MQTTMSGGET`: fetch the kept messages.
    FetchMessages,
    /// `AT+SSLMIPSTART`: open the encrypted link.
    OpenEncryptedLink,
    /// `AT+SSLCFG`: change one setting of the encryption.
    TlsSetting,
    /// `AT+SSLCFG` without a value: is it as set?
    TlsCheck,
    /// `AT+FSDEL`: delete a file.
    DeleteFile,
    /// `AT+FSCREATE`: make an empty file.
    CreateFile,
    /// `AT+FSWRITE`: write into a file.
    WriteFile,
    /// `AT+FSFLSIZE`: how long is a file?
    FileSize,
    /// `AT+FSREAD`: read a file back.
    ReadFile,
    /// `AT+FSLS`: which files are there?
    ListFiles,
    /// `AT+FSMEM`: how much room is left?
    FreeSpace,
    /// `AT+CPNETAPN?`: which access point is saved?
    SavedAccessPoint,
    /// `AT+CPNETAPN=2`: save the access point.
    SaveAccessPoint,
    /// `AT+CPNETAPN=3`: delete the saved access point.
    ClearAccessPoint,
    /// `AT+CGDCONT?`: which access point is used?
    UsedAccessPoint,
    /// `AT+CFUN=0`: switch the radio off.
    RadioOff,
    /// `AT+CFUN=1`: switch the radio on.
    RadioOn,
    /// `AT+CIPSHUT`: take the TCP context down.
    ShutContext,
    /// `AT+RESET`: restart the module.
    Restart,
    /// `AT+CSTT`: begin a TCP context.
    StartContext,
    /// `AT+CIICR`: bring the TCP context up.
    RaiseContext,
    /// `AT+CIFSR`: the address of the TCP context.
    ContextAddress,
    /// `AT+CDNSGIP`: resolve a name.
    Resolve,
    /// `AT+CDNSCFG?`: which name servers are asked?
    NameServers,
    /// `AT+CPIN=`: unlock the card.
    EnterPin,
    /// `AT+CDNSCFG=`: set the name servers.
    SetNameServers,
    /// `AT+MQTTMSGGET?`: which slots hold a message?
    KeptMessages,
    /// A question for something the module can say of itself.
    Detail,
}
