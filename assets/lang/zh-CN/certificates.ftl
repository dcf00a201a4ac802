# “证书管理”页面的文字。

form-file-none = 尚未选择文件
form-file-reading = 正在读取…
form-file-not-a-pair = 该私钥与客户端证书不匹配，请选择与证书配套的私钥。
form-file-refused = 模组不会接受该文件：{ $why }
form-file-same-name = 两个文件在模组上会重名
file-missing = 找不到文件 { $path }，请检查路径。
file-no-permission = 当前用户无权读取 { $path }，请修改权限或复制一份。
file-folder = { $path } 是文件夹，请选择其中的文件。
file-too-large = { $path } 有 { $bytes } 字节，远超证书或私钥的大小。
file-other = 无法读取 { $path }：{ $detail }
refusal-no-block = 其中没有所需类型的 PEM 块。
refusal-no-line-feed = 行尾没有换行符（LF）。
refusal-character = 含有 base64 之外的字符，或行内有空格。
refusal-content = 内容已损坏，或与文件头不符。
refusal-pass-phrase = 私钥有口令保护，而没有输入口令的命令，请先去掉口令。
refusal-container = 模组不识别 PKCS#12 和 PKCS#7，请将证书和私钥导出为 PEM。
